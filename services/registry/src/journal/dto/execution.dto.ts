import { IsDate, IsIn, IsUUID } from 'class-validator';
import { eventTypes, executionStatuses, taskTypes, type ExecutionStatus, type TaskType } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { IfGiven } from '../../http/fields.ts';
import { DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';
import { DateTimeParameter, ListParameter } from '../../http/query-fields.ts';
import { IsIdentifier } from '../identifier-rule.ts';

/** The parameters of `GET /executions`. */
export class ExecutionQuery extends CursorQuery {
  /** Id of an event type */
  @IfGiven()
  @IsIn(eventTypes.map(({ id }) => id))
  event?: string;

  /** Id of a handler */
  @IfGiven()
  @IsUUID('loose')
  handlerId?: string;

  /** Type of the task */
  @IfGiven()
  @IsIn(taskTypes)
  type?: TaskType;

  /** Where it stands */
  @ListParameter()
  @IsIn(executionStatuses, { each: true })
  status?: ExecutionStatus[];

  /** Id of the object; 12 finds the number and the string */
  @IfGiven()
  @IsIdentifier()
  objectId?: string;

  /** Latest attempt begun then or later */
  @DateTimeParameter()
  @IsDate()
  from?: Date;

  /** Latest attempt begun before */
  @DateTimeParameter()
  @IsDate()
  to?: Date;
}

export class ExecutionView {
  @Uuid()
  id!: string;

  @OneOf(executionStatuses)
  status!: ExecutionStatus;

  /** When the latest attempt began */
  @DateTime()
  date!: string;

  /** Event type */
  event!: string;

  eventId!: string;

  @Uuid()
  handlerId!: string;

  handlerName!: string | null;

  @OneOf(taskTypes)
  type!: TaskType;

  @ObjectId()
  objectId!: number | string;

  /** The beginning of the latest answer, or what went wrong */
  response!: string;

  /** Of the latest attempt */
  durationMs!: number;

  /** Attempts so far */
  @Integer()
  attempts!: number;

  /** Stable code of what went wrong */
  reason!: string | null;

  /** Not before then it is tried again */
  @DateTime()
  nextAttemptAt!: string | null;

  /** The replay that it belongs to */
  @Uuid()
  replayId!: string | null;

  /** True when an administrator tried the handler */
  test!: boolean;
}

export class ExecutionPage {
  items!: ExecutionView[];

  /** Null on the last page */
  nextCursor!: string | null;
}
