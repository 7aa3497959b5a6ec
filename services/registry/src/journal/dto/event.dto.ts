import { IsBoolean, IsDate, IsIn, IsString, IsUUID } from 'class-validator';
import { eventStatuses, eventTypes, type EventStatus, type Json, type JsonObject } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { IfGiven } from '../../http/fields.ts';
import { AnyObject, DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';
import { BooleanParameter, DateTimeParameter, ListParameter } from '../../http/query-fields.ts';
import { IsOneLine, MaxLength } from '../../http/text.ts';
import { IsIdentifier } from '../identifier-rule.ts';
import { SearchText } from '../search-text-rule.ts';
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

  /** Id of a replay: the events that it sent again */
  @IfGiven()
  @IsUUID('loose')
  replayId?: string;

  /**
   * An event id, object id, partition key or indexed value, exactly; or text in messages and answers of attempts that
   * did not succeed, in upper or lower case. Without `from`, text is searched in attempts of the last day
   */
  @SearchText()
  q?: string;

  /** Indexed field (SEARCH_FIELDS), colon, exact value, such as phone:+49151. `GET /catalog` lists the fields */
  @IfGiven()
  @IsString()
  @IsOneLine()
  @MaxLength(512)
  lookup?: string;

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
  /** As received from billing */
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

  /** Whether a handler has failed so far */
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

  /** Id of the event that it is an edited copy of */
  replayOf!: string | null;

  /** True for the event of a handler's test */
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

  /** The event as sent to handlers; redacted fields are shown as *** */
  @AnyObject()
  body!: JsonObject;

  /** Number of duplicates of this event, which did not run */
  @Integer()
  duplicates!: number;

  /** Ids of the edited copies of it that were run, the newest first; at most 100 */
  editedCopies!: string[];

  /** Null when it does not wait */
  waiting!: WaitingView | null;

  /** The event as it was received, each replay, and tests, in this order */
  runs!: EventRunView[];

  /** In the order of the plan; behind them those of each replay, and then those of tests */
  executions!: EventExecutionView[];
}
