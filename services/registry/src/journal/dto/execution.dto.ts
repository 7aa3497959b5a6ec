import { ApiProperty } from '@nestjs/swagger';
import { eventTypes, executionStatuses, taskTypes, type ExecutionStatus, type TaskType } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.ts';
import { DateTimeParameter, ListParameter, Parameter } from '../../http/query-fields.ts';
import { oneOf, uuid } from '../../http/rules.ts';
import { identifier } from '../identifier-rule.ts';

/** The parameters of `GET /executions`. */
export class ExecutionQuery extends CursorQuery {
  @Parameter(oneOf(eventTypes.map(({ id }) => id)), 'Id of an event type')
  event?: string;

  @Parameter(uuid, 'Id of a handler')
  handlerId?: string;

  @Parameter(oneOf(taskTypes), 'Type of the task')
  type?: TaskType;

  @ListParameter(oneOf(executionStatuses), 'Where it stands')
  status?: ExecutionStatus[];

  @Parameter(identifier, 'Id of the object; 12 finds the number and the string')
  objectId?: string;

  @DateTimeParameter('Latest attempt begun then or later')
  from?: Date;

  @DateTimeParameter('Latest attempt begun before')
  to?: Date;
}

export class ExecutionView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string', enum: [...executionStatuses] })
  status!: ExecutionStatus;

  @ApiProperty({ format: 'date-time', description: 'When the latest attempt began' })
  date!: string;

  @ApiProperty({ description: 'Event type' })
  event!: string;

  @ApiProperty()
  eventId!: string;

  @ApiProperty({ format: 'uuid' })
  handlerId!: string;

  @ApiProperty({ type: 'string', nullable: true })
  handlerName!: string | null;

  @ApiProperty({ type: 'string', enum: [...taskTypes] })
  type!: TaskType;

  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'string' }] })
  objectId!: number | string;

  @ApiProperty({ description: 'The beginning of the latest answer, or what went wrong' })
  response!: string;

  @ApiProperty({ description: 'Of the latest attempt' })
  durationMs!: number;

  @ApiProperty({ type: 'integer', description: 'Attempts so far' })
  attempts!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'Stable code of what went wrong' })
  reason!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Not before then it is tried again',
  })
  nextAttemptAt!: string | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'The replay that it belongs to' })
  replayId!: string | null;

  @ApiProperty({ description: 'True when an administrator tried the handler' })
  test!: boolean;
}

export class ExecutionPage {
  @ApiProperty({ type: [ExecutionView] })
  items!: ExecutionView[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page' })
  nextCursor!: string | null;
}
