import { IsIn, IsUUID } from 'class-validator';
import { eventTypes, reachedKinds, type Reached } from '#contracts';
import { IsDateTime } from '../../http/date-time.ts';
import { IfGiven } from '../../http/fields.ts';
import { IsOneLine, Length } from '../../http/text.ts';
import { IsIdentifier } from '../../journal/identifier-rule.ts';
import { IsObjectId } from '../../journal/object-id-rule.ts';
import { IsReason } from '../../journal/reason-rule.ts';
import { SearchText } from '../../journal/search-text-rule.ts';

/** The most characters of an assignee's name. */
export const maxAssigneeLength = 255;

/** The fields of `GET /failures`, as JSON. */
export class FailureFilterInput {
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

  /** Id of the object; "12" finds the number and the string, 12 the number only */
  @IfGiven()
  @IsObjectId()
  objectId?: number | string;

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
  @SearchText()
  q?: string;

  /** Failed then or later */
  @IfGiven()
  @IsDateTime()
  from?: string;

  /** Failed before */
  @IfGiven()
  @IsDateTime()
  to?: string;
}
