import { IntersectionType, OmitType } from '@nestjs/swagger';
import { IsDate, IsIn } from 'class-validator';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { IfGiven } from '../../http/fields.ts';
import { DateTimeParameter } from '../../http/query-fields.ts';
import { IsIdentifier } from '../../journal/identifier-rule.ts';
import { FailureFilterInput } from './failure-filter.dto.ts';

export const failureStates = ['open', 'settled'] as const;
export type FailureState = (typeof failureStates)[number];

/** What a query string, which knows only texts, says as the JSON of a filter does. */
const sharedFields = OmitType(FailureFilterInput, ['objectId', 'from', 'to'] as const);

/** The parameters of `GET /failures`. */
export class FailureQuery extends IntersectionType(CursorQuery, sharedFields) {
  /** open: no person has settled it, and no later attempt has succeeded */
  @IfGiven()
  @IsIn(failureStates)
  state: FailureState = 'open';

  /** Id of the object; 12 finds the number and the string */
  @IfGiven()
  @IsIdentifier()
  objectId?: string;

  /** Failed then or later */
  @DateTimeParameter()
  @IsDate()
  from?: Date;

  /** Failed before */
  @DateTimeParameter()
  @IsDate()
  to?: Date;
}
