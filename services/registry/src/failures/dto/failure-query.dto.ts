import { IsDate, IsIn, IsString, IsUUID } from 'class-validator';
import { eventTypes, reachedKinds, type Reached } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { IfGiven, Trimmed } from '../../http/fields.ts';
import { DateTimeParameter } from '../../http/query-fields.ts';
import { IsOneLine, Length } from '../../http/text.ts';
import { IsIdentifier } from '../../journal/identifier-rule.ts';
import { IsReason } from '../../journal/reason-rule.ts';
import { maxAssigneeLength } from './failure-filter.dto.ts';

export const failureStates = ['open', 'settled'] as const;
export type FailureState = (typeof failureStates)[number];

/** The parameters of `GET /failures`. */
export class FailureQuery extends CursorQuery {
  /** open: no person has settled it, and no later attempt has succeeded */
  @IfGiven()
  @IsIn(failureStates)
  state: FailureState = 'open';

  /** Id of an event */
  @IfGiven()
  @IsIdentifier()
  eventId?: string;

  /** Id of a handler */
  @IfGiven()
  @IsUUID('loose')
  handlerId?: string;

  /** Id of an event type */
  @IfGiven()
  @IsIn(eventTypes.map(({ id }) => id))
  event?: string;

  /** Stable code of the error */
  @IfGiven()
  @IsReason()
  reason?: string;

  /** Whether the call reached its target */
  @IfGiven()
  @IsIn(reachedKinds)
  reached?: Reached;

  /** Id of the object; 12 finds the number and the string */
  @IfGiven()
  @IsIdentifier()
  objectId?: string;

  /** Partition key */
  @IfGiven()
  @IsIdentifier()
  partitionKey?: string;

  /** The person who works on it */
  @IfGiven()
  @Length(1, maxAssigneeLength)
  @IsOneLine()
  assignee?: string;

  /**
   * An execution id, event id, object id, partition key or indexed value, exactly; or text in messages and answers of
   * the attempts, in upper or lower case. Without `from`, text is searched in attempts of the last day
   */
  @IfGiven()
  @Trimmed()
  @IsString()
  @IsOneLine()
  @Length(1, 255)
  q?: string;

  /** Failed then or later */
  @DateTimeParameter()
  @IsDate()
  from?: Date;

  /** Failed before */
  @DateTimeParameter()
  @IsDate()
  to?: Date;
}
