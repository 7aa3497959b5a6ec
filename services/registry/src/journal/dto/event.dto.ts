import { IsBoolean, IsDate, IsIn, IsUUID } from 'class-validator';
import { eventStatuses, eventTypes, type EventStatus, type Json, type JsonObject } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { IfGiven } from '../../http/fields.ts';
import { AnyObject, DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';
import { BooleanParameter, DateTimeParameter, ListParameter } from '../../http/query-fields.ts';
import { IsIdentifier } from '../identifier-rule.ts';
import { EventExecutionView } from './event-execution.dto.ts';
import { WaitingView } from './waiting.dto.ts';

/** The parameters of `GET /events`. */
export class EventQuery extends CursorQuery {
  /** Id of an event type */
  @IfGiven()
  @IsIn(eventTypes.map(({ id }) => id))
  type?: string;

  /** Id of the object; 12 finds the number and the string; at most 255 bytes of UTF-8 */
  @IfGiven()
  @IsIdentifier()
  objectId?: string;

  /** Partition key; at most 255 bytes of UTF-8 */
  @IfGiven()
  @IsIdentifier()
  partitionKey?: string;

  /** Where it stands */
  @ListParameter()
  @IsIn(eventStatuses, { each: true })
  status?: EventStatus[];

  /** true: only events of which a handler has failed, also while others wait or are retried; false: only the others */
  @BooleanParameter()
  @IsBoolean()
  hasFailures?: boolean;

  /** Id of a replay: what it has sent again */
  @IfGiven()
  @IsUUID('loose')
  replayId?: string;

  /** Received then or later */
  @DateTimeParameter()
  @IsDate()
  from?: Date;

  /** Received before */
  @DateTimeParameter()
  @IsDate()
  to?: Date;
}

export class EventView {
  /** As billing gave it */
  id!: string;

  /** The journal's own id; a duplicate event has two rows */
  @Uuid()
  journalId!: string;

  type!: string;

  @ObjectId()
  objectId!: number | string;

  partitionKey!: string;

  @OneOf(eventStatuses)
  status!: EventStatus;

  /** Whether a handler has failed; of an event that waits, so far */
  hasFailures!: boolean;

  @DateTime()
  occurredAt!: string;

  @DateTime()
  receivedAt!: string;

  /** Null while it waits */
  @DateTime()
  finishedAt!: string | null;

  /** Revision of the catalog whose plan it ran */
  @Integer()
  revision!: number;

  /** The replay that sent it again */
  @Uuid()
  replayId!: string | null;

  /** True when a handler was tried on it */
  test!: boolean;
}

export class EventPage {
  items!: EventView[];

  /** Null on the last page */
  nextCursor!: string | null;
}

/** One time that an event was run: as it was received, by a replay, or to test a handler. */
export class EventRunView {
  /** The journal's id of this run */
  @Uuid()
  journalId!: string;

  /** Null for the event as it was received, and for a test */
  @Uuid()
  replayId!: string | null;

  test!: boolean;

  /** Of this run alone */
  @OneOf(eventStatuses)
  status!: EventStatus;

  /** Whether a handler has failed in this run */
  hasFailures!: boolean;

  @DateTime()
  receivedAt!: string;

  /** Null while it waits */
  @DateTime()
  finishedAt!: string | null;

  /** Revision of the catalog whose plan it ran */
  @Integer()
  revision!: number;
}

/**
 * An event with all of its runs. Times, revision and journal id are those of the event as it was received. The status
 * comes from the newest result of each handler in all runs, tests left out: failed while one has failed or was skipped
 * because of one.
 */
export class EventDetailsView extends EventView {
  @AnyObject()
  data!: Json;

  @AnyObject({ nullable: true })
  previous!: Json;

  /** What handlers got; redacted fields are shown as *** */
  @AnyObject()
  body!: JsonObject;

  /** How often the same event came again and was not run */
  @Integer()
  duplicates!: number;

  /** Null when it does not wait */
  waiting!: WaitingView | null;

  /** The event as it was received, each replay, and tests, in this order */
  runs!: EventRunView[];

  /** In the order of the plan; behind them those of each replay, and then those of tests */
  executions!: EventExecutionView[];
}
