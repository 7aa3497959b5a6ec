import { ApiProperty } from '@nestjs/swagger';
import { eventStatuses, type EventStatus } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';
import { replayStatuses, type ReplayStatus } from '../replay-status.ts';

/** The parameters of `GET /replays`. */
export class ReplayQuery extends CursorQuery {}

export class ReplayFilterView {
  type?: string;

  @ObjectId()
  objectId?: number | string;

  partitionKey?: string;

  @ApiProperty({ enum: [...eventStatuses], isArray: true })
  status?: EventStatus[];

  /** Only events of which a handler has failed */
  hasFailures?: boolean;

  @DateTime()
  from?: string;

  @DateTime()
  to?: string;
}

export class ReplayView {
  @Uuid()
  id!: string;

  /** Events that came later are not part of it */
  @DateTime()
  createdAt!: string;

  /** The one event; null where the filter decides */
  eventId!: string | null;

  /** Which events; empty where there is one */
  filter!: ReplayFilterView;

  /** Null: every enabled handler */
  @Uuid()
  handlerIds!: string[] | null;

  /** requested: no executor has begun. finished: everything that was sent again has ended */
  @OneOf(replayStatuses)
  status!: ReplayStatus;

  /** Events in all; null before it has begun */
  @Integer()
  total!: number | null;

  /** Events that were sent again */
  @Integer()
  published!: number;

  /** Events sent again that succeeded */
  @Integer()
  succeeded!: number;

  /** Events sent again that failed */
  @Integer()
  failed!: number;

  /** Events sent again that wait in the slow lane */
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
