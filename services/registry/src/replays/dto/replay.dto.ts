import { ApiProperty } from '@nestjs/swagger';
import { eventStatuses, type EventStatus } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';

export const replayStatuses = ['requested', 'running', 'finished', 'cancelled'] as const;
export type ReplayStatus = (typeof replayStatuses)[number];

/** The parameters of `GET /replays`. */
export class ReplayQuery extends CursorQuery {}

export class ReplayFilterView {
  type?: string;

  @ObjectId()
  objectId?: number | string;

  partitionKey?: string;

  @ApiProperty({ enum: [...eventStatuses], isArray: true })
  status?: EventStatus[];

  /** Only events with a failed handler */
  hasFailures?: boolean;

  @DateTime()
  from?: string;

  @DateTime()
  to?: string;
}

export class ReplayView {
  @Uuid()
  id!: string;

  /** When it was requested; it has no later events */
  @DateTime()
  createdAt!: string;

  /** The event of a replay of one event; else null */
  eventId!: string | null;

  /** Selects events; empty for one event */
  filter!: ReplayFilterView;

  /** Null: every enabled handler */
  @Uuid()
  handlerIds!: string[] | null;

  /** Id of the recorded copy; null if the event was not edited */
  editedEventId!: string | null;

  /** requested: no executor has begun. finished: all replayed events have ended */
  @OneOf(replayStatuses)
  status!: ReplayStatus;

  /** Events in all; null before it has begun */
  @Integer()
  total!: number | null;

  /** Replayed events so far */
  @Integer()
  published!: number;

  /** Replayed events that succeeded */
  @Integer()
  succeeded!: number;

  /** Replayed events that failed */
  @Integer()
  failed!: number;

  /** Replayed events that wait in the slow lane */
  @Integer()
  waiting!: number;

  @DateTime()
  cancelledAt!: string | null;

  @DateTime()
  startedAt!: string | null;

  /** Null until it is finished */
  @DateTime()
  finishedAt!: string | null;
}

export class ReplayPage {
  items!: ReplayView[];

  /** Null on the last page */
  nextCursor!: string | null;
}
