import { ApiProperty } from '@nestjs/swagger';
import { eventStatuses, type EventStatus } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.ts';
import { replayStatuses, type ReplayStatus } from '../replay-status.ts';

/** The parameters of `GET /replays`. */
export class ReplayQuery extends CursorQuery {}

export class ReplayFilterView {
  @ApiProperty({ required: false })
  type?: string;

  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'string' }], selfRequired: false })
  objectId?: number | string;

  @ApiProperty({ required: false })
  partitionKey?: string;

  @ApiProperty({ type: [String], enum: [...eventStatuses], required: false })
  status?: EventStatus[];

  @ApiProperty({ format: 'date-time', required: false })
  from?: string;

  @ApiProperty({ format: 'date-time', required: false })
  to?: string;
}

export class ReplayView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time', description: 'Events that came later are not part of it' })
  createdAt!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'The one event; null where the filter decides' })
  eventId!: string | null;

  @ApiProperty({ type: ReplayFilterView, description: 'Which events; empty where there is one' })
  filter!: ReplayFilterView;

  @ApiProperty({ type: [String], format: 'uuid', nullable: true, description: 'Null: every enabled handler' })
  handlerIds!: string[] | null;

  @ApiProperty({
    type: 'string',
    enum: [...replayStatuses],
    description: 'requested: no executor has begun. finished: everything that was sent again has ended',
  })
  status!: ReplayStatus;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Events in all; null before it has begun' })
  total!: number | null;

  @ApiProperty({ type: 'integer', description: 'Events that were sent again' })
  published!: number;

  @ApiProperty({ type: 'integer', description: 'Of these' })
  succeeded!: number;

  @ApiProperty({ type: 'integer', description: 'Of these' })
  failed!: number;

  @ApiProperty({ type: 'integer', description: 'Of these; they wait in the slow lane' })
  waiting!: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  cancelledAt!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  startedAt!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'Null until it is finished' })
  finishedAt!: string | null;
}

export class ReplayPage {
  @ApiProperty({ type: [ReplayView] })
  items!: ReplayView[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page' })
  nextCursor!: string | null;
}
