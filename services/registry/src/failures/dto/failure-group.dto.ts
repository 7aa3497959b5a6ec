import { OmitType } from '@nestjs/swagger';
import { DateTime, Integer, Uuid } from '../../http/formats.ts';
import { FailureQuery } from './failure-query.dto.ts';

/** The parameters of `GET /failures/groups`. */
export class FailureGroupQuery extends OmitType(FailureQuery, ['cursor', 'limit'] as const) {}

export class FailureGroupView {
  @Uuid()
  handlerId!: string;

  handlerName!: string | null;

  /** Stable code of the error */
  reason!: string;

  /** Failures of the group; with `state=settled` those that are settled */
  @Integer()
  open!: number;

  /** Failures whose call may have reached the target, but got no complete answer */
  @Integer()
  maybe!: number;

  /** Number of their partition keys */
  @Integer()
  keys!: number;

  @DateTime()
  oldestAt!: string;

  @DateTime()
  newestAt!: string;
}

export class FailureGroupList {
  items!: FailureGroupView[];
}
