import { ApiProperty } from '@nestjs/swagger';
import { eventStatuses, reachedKinds, type EventStatus, type Reached } from '#contracts';
import { DateTime, ObjectId, OneOf, Uuid } from '../../http/formats.ts';

/** The filter of an operation, as requested; its fields depend on the kind. */
export class OperationFilterView {
  /** Of a replay: event type */
  type?: string;

  /** Of a replay or resume */
  @ObjectId()
  objectId?: number | string;

  /** Of a replay or resume */
  partitionKey?: string;

  /** Of a replay */
  @ApiProperty({ enum: [...eventStatuses], isArray: true })
  status?: EventStatus[];

  /** Of a replay: only events with a failed handler */
  hasFailures?: boolean;

  /** Of a replay or resume */
  @DateTime()
  from?: string;

  /** Of a replay or resume */
  @DateTime()
  to?: string;

  /** Of a resume: the event */
  eventId?: string;

  /** Of a resume, retry or skip */
  @Uuid()
  handlerId?: string;

  /** Of a retry or skip */
  @Uuid()
  targetId?: string;

  /** Of a resume: event type */
  event?: string;

  /** Of a resume, retry or skip */
  reason?: string;

  /** Of a resume */
  @OneOf(reachedKinds)
  reached?: Reached;

  /** Of a resume */
  assignee?: string;

  /** Of a retry or skip, such as 10m */
  waitingLongerThan?: string;

  /** Of a retry or skip */
  partitionKeys?: string[];
}
