import { IsUUID } from 'class-validator';
import { deferralReasons, type DeferralReason } from '#contracts';
import { PageQuery } from '../../http/cursor-query.dto.ts';
import { IsCursor } from '../../http/cursor.ts';
import { IfGiven } from '../../http/fields.ts';
import { DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';
import { IsReason } from '../../journal/reason-rule.ts';
import { decodePosition } from '../deferral-cursor.ts';

/** The parameters of `GET /deferrals`. */
export class DeferralQuery extends PageQuery {
  /** Id of the handler that the key waits for */
  @IfGiven()
  @IsUUID('loose')
  handlerId?: string;

  /** Id of a target: keys that wait for a handler of it */
  @IfGiven()
  @IsUUID('loose')
  targetId?: string;

  /** Why the key waits, or why its last attempt failed */
  @IfGiven()
  @IsReason()
  reason?: string;

  /** `nextCursor` of the page before */
  @IfGiven()
  @IsCursor(decodePosition)
  cursor?: string;
}

export class DeferredEventView {
  /** As received from billing */
  id!: string;

  type!: string;

  @ObjectId()
  objectId!: number | string;
}

/** The latest attempt of an execution that waits. */
export class LastAttemptView {
  /** From 1 */
  @Integer()
  number!: number;

  @DateTime()
  startedAt!: string;

  /** Stable code of the error */
  reason!: string | null;

  /** The error in plain text */
  message!: string | null;

  /** The beginning of the response, or the error */
  response!: string;
}

export class DeferralView {
  /** Partition key; of a detached execution its id */
  key!: string;

  /** True for a detached execution, which retries in the background */
  detached!: boolean;

  @DateTime()
  waitingSince!: string;

  /** When the next attempt is due */
  @DateTime()
  dueAt!: string;

  @OneOf(deferralReasons)
  reason!: DeferralReason;

  /** The handler that the event waits for; null before its first handler */
  @Uuid()
  handlerId!: string | null;

  handlerName!: string | null;

  /** The next event of the key */
  event!: DeferredEventView;

  /** Attempts of that handler for that event so far; deferrals without a call do not count */
  @Integer()
  attempts!: number;

  /** Null before the first one */
  lastAttempt!: LastAttemptView | null;

  /** Number of events of the key that wait behind the first one */
  @Integer()
  behind!: number;

  /** True while an executor works on it */
  running!: boolean;
}

export class DeferralPage {
  items!: DeferralView[];

  /** Null on the last page */
  nextCursor!: string | null;
}

export class DeferralKeyView {
  key!: string;
}
