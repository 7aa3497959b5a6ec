import type { FailureView } from '#contracts/rest-api';
import { counted } from '../../components/format-number.ts';
import type { FailureFilter } from './failure-filters.ts';

/** The failures of an action: selected ones, or all that match a filter. */
export type FailureTarget =
  | { readonly kind: 'selected'; readonly failures: readonly FailureView[] }
  | { readonly kind: 'filter'; readonly filter: FailureFilter };

/** The same as requests take it. */
export function targetBody(target: FailureTarget): { executionIds: string[] } | { filter: FailureFilter } {
  if (target.kind === 'filter') return { filter: target.filter };
  return { executionIds: target.failures.map(({ executionId }) => executionId) };
}

/** `12 failures`; for a filter `all matching failures`. */
export function targetInWords(target: FailureTarget): string {
  return target.kind === 'filter' ? 'all matching failures' : counted(target.failures.length, 'failure');
}
