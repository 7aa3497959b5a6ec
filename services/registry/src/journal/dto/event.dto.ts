import { ApiProperty } from '@nestjs/swagger';
import { eventStatuses, eventTypes, type EventStatus, type Json, type JsonObject } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.ts';
import { DateTimeParameter, ListParameter, Parameter } from '../../http/query-fields.ts';
import { oneOf, uuid } from '../../http/rules.ts';
import { identifier } from '../identifier-rule.ts';
import { EventExecutionView } from './event-execution.dto.ts';
import { WaitingView } from './waiting.dto.ts';

/** The parameters of `GET /events`. */
export class EventQuery extends CursorQuery {
  @Parameter(oneOf(eventTypes.map(({ id }) => id)), 'Id of an event type')
  type?: string;

  @Parameter(identifier, 'Id of the object; 12 finds the number and the string')
  objectId?: string;

  @Parameter(identifier, 'Partition key')
  partitionKey?: string;

  @ListParameter(oneOf(eventStatuses), 'Where it stands')
  status?: EventStatus[];

  @Parameter(uuid, 'Id of a replay: what it has sent again')
  replayId?: string;

  @DateTimeParameter('Received then or later')
  from?: Date;

  @DateTimeParameter('Received before')
  to?: Date;
}

export class EventView {
  @ApiProperty({ description: 'As billing gave it' })
  id!: string;

  @ApiProperty({ format: 'uuid', description: "The journal's own; an event that came twice is there twice" })
  journalId!: string;

  @ApiProperty()
  type!: string;

  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'string' }] })
  objectId!: number | string;

  @ApiProperty()
  partitionKey!: string;

  @ApiProperty({ type: 'string', enum: [...eventStatuses] })
  status!: EventStatus;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({ format: 'date-time' })
  receivedAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'Null while it waits' })
  finishedAt!: string | null;

  @ApiProperty({ type: 'integer', description: 'Revision of the catalog whose plan it ran' })
  revision!: number;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'The replay that sent it again' })
  replayId!: string | null;

  @ApiProperty({ description: 'True when a handler was tried on it' })
  test!: boolean;
}

export class EventPage {
  @ApiProperty({ type: [EventView] })
  items!: EventView[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page' })
  nextCursor!: string | null;
}

export class EventDetailsView extends EventView {
  @ApiProperty({ type: 'object', additionalProperties: true })
  data!: Json;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  previous!: Json;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What handlers got; redacted fields are shown as ***',
  })
  body!: JsonObject;

  @ApiProperty({ type: 'integer', description: 'How often the same event came again and was not run' })
  duplicates!: number;

  @ApiProperty({ type: WaitingView, nullable: true, description: 'Null when it does not wait' })
  waiting!: WaitingView | null;

  @ApiProperty({
    type: [EventExecutionView],
    description: 'In the order of the plan; behind them those of each replay, and then those of tests',
  })
  executions!: EventExecutionView[];
}
