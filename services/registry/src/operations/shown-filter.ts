import {
  writeDuration,
  type DeferralFilter,
  type FailureFilter,
  type OperationKind,
  type ReplayFilter,
} from '#contracts';
import { readObjectId } from '../journal/object-id.ts';
import type { OperationFilterView } from './dto/operation-filter.dto.ts';

type StoredFilter = ReplayFilter | FailureFilter | DeferralFilter;

/** What the caller said, from the filter that executors get. */
export function shownFilter(kind: OperationKind, stored: StoredFilter): OperationFilterView {
  return kind === 'replay' || kind === 'resume' ? withObjectId(stored) : withDuration(stored as DeferralFilter);
}

/** The first spelling is what was given; a string that looks like a number has a second one. */
function withObjectId({ objectIds, ...others }: ReplayFilter | FailureFilter): OperationFilterView {
  return { ...others, ...(objectIds !== undefined && { objectId: readObjectId(objectIds[0]!) }) };
}

function withDuration({ waitingLongerThanMs: ms, ...others }: DeferralFilter): OperationFilterView {
  return { ...others, ...(ms !== undefined && { waitingLongerThan: writeDuration(ms) }) };
}
