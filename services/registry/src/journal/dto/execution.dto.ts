import { IsDate, IsIn, IsUUID } from 'class-validator';
import {
  eventTypes,
  executionStatuses,
  reachedKinds,
  taskTypes,
  type ExecutionStatus,
  type Reached,
  type TaskType,
} from '#contracts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { IfGiven } from '../../http/fields.ts';
import { DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';
import { DateTimeParameter, ListParameter } from '../../http/query-fields.ts';
import { IsIdentifier } from '../identifier-rule.ts';
import { SearchText } from '../search-text-rule.ts';

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

  /** Whether the latest attempt reached its target */
  @IfGiven()
  @IsIn(reachedKinds)
  reached?: Reached;

  /** Id of the object; 12 finds the number and the string */
  @IfGiven()
  @IsIdentifier()
  objectId?: string;

  /**
   * An execution id, event id, object id, partition key or indexed value, exactly; or text in messages and answers of
   * attempts that did not succeed, in upper or lower case. Without `from`, text is searched in attempts of the last day
   */
  @SearchText()
  q?: string;

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

  /** The beginning of the latest response, or the error */
  response!: string;

  /** Of the latest attempt */
  durationMs!: number;

  /** Attempts so far */
  @Integer()
  attempts!: number;

  /** Stable code of the error */
  reason!: string | null;

  /** Whether the latest attempt reached its target */
  @OneOf(reachedKinds)
  reached!: Reached;

  /** When it may be retried */
  @DateTime()
  nextAttemptAt!: string | null;

  /** The replay that it belongs to */
  @Uuid()
  replayId!: string | null;

  /** True for a test */
  test!: boolean;
}

export class ExecutionPage {
  items!: ExecutionView[];

  /** Null on the last page */
  nextCursor!: string | null;
}
