import { Type } from 'class-transformer';
import { IsIn, IsObject, IsUUID, ValidateNested } from 'class-validator';
import { deferralReasons, type DeferralReason } from '#contracts';
import { PageQuery } from '../../http/cursor-query.dto.ts';
import { IsCursor } from '../../http/cursor.ts';
import { IfGiven } from '../../http/fields.ts';
import { DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';
import { decodePosition } from '../deferral-cursor.ts';

/** The parameters of `GET /deferrals`. */
export class DeferralQuery extends PageQuery {
  /** Id of the handler that is waited for */
  @IfGiven()
  @IsUUID('loose')
  handlerId?: string;

  /** Why it waits */
  @IfGiven()
  @IsIn(deferralReasons)
  reason?: DeferralReason;

  /** `nextCursor` of the page before */
  @IfGiven()
  @IsCursor(decodePosition)
  cursor?: string;
}

export class DeferredEventView {
  /** As billing gave it */
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

  /** Stable code of what went wrong */
  reason!: string | null;

  /** What went wrong, for people */
  message!: string | null;

  /** The beginning of the answer, or what went wrong */
  response!: string;
}

export class DeferralView {
  /** Partition key; of a detached execution its id */
  key!: string;

  /** True for a detached execution, which retries in the background */
  detached!: boolean;

  @DateTime()
  waitingSince!: string;

  /** When it is tried next */
  @DateTime()
  dueAt!: string;

  @OneOf(deferralReasons)
  reason!: DeferralReason;

  /** The handler that is waited for; null for an event that has not begun */
  @Uuid()
  handlerId!: string | null;

  handlerName!: string | null;

  /** The event that is the next to go on */
  event!: DeferredEventView;

  /** Attempts of that handler for that event so far, as far as they count */
  @Integer()
  attempts!: number;

  /** Null before the first one */
  lastAttempt!: LastAttemptView | null;

  /** Further events of the key that wait behind that one */
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

export class DeferralFilterInput {
  /** Id of the handler that is waited for */
  @IfGiven()
  @IsUUID('loose')
  handlerId?: string;

  /** Why it waits */
  @IfGiven()
  @IsIn(deferralReasons)
  reason?: DeferralReason;
}

export class DeferralPreviewInput {
  /** Which keys; `{}` means every one */
  @IsObject()
  @ValidateNested()
  @Type(() => DeferralFilterInput)
  filter!: DeferralFilterInput;
}

export class DeferralPreviewView {
  /** Keys, and detached executions, that wait */
  @Integer()
  keys!: number;

  /** Events that wait under them */
  @Integer()
  events!: number;
}

export class DeferralKeyView {
  key!: string;
}
