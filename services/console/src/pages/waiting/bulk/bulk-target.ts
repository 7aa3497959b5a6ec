import type { DeferralView, operations } from '#contracts/rest-api';
import type { WaitingFilters } from '../waiting-filters.ts';

type Body = NonNullable<operations['retryDeferrals']['requestBody']>['content']['application/json'];
export type WaitingFilter = Body['filter'];

/** The keys of a bulk action: selected ones, or all that match the filters of the list. */
export type BulkTarget =
  | { readonly kind: 'selected'; readonly keys: readonly string[] }
  | { readonly kind: 'filter'; readonly filters: WaitingFilters };

/** The selected keys; without a selection, all that match. */
export function bulkTargetOf(selected: ReadonlyMap<string, DeferralView>, filters: WaitingFilters): BulkTarget {
  return selected.size > 0 ? { kind: 'selected', keys: [...selected.keys()] } : { kind: 'filter', filters };
}

/**
 * The same as requests take it.
 *
 * @param waitingLongerThan A duration such as `10m`; empty for any.
 */
export function bulkFilter(target: BulkTarget, waitingLongerThan = ''): WaitingFilter {
  if (target.kind === 'selected') return { partitionKeys: [...target.keys] };
  const { handlerId, targetId, reason } = target.filters;
  const age = waitingLongerThan.trim();
  return {
    ...(handlerId !== undefined && { handlerId }),
    ...(targetId !== undefined && { targetId }),
    ...(reason !== undefined && { reason }),
    ...(age !== '' && { waitingLongerThan: age }),
  };
}
