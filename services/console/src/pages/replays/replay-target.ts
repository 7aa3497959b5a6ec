import type { EventView, operations } from '#contracts/rest-api';
import { boundsOf } from '../../components/period.ts';
import type { EventFilters } from '../events/event-filters.ts';

type Body = NonNullable<operations['createReplay']['requestBody']>['content']['application/json'];
export type ReplayFilter = Body['filter'];

/** An event, as far as its replay is spoken of. */
export type ReplayedEvent = Pick<EventView, 'id' | 'type' | 'objectId'>;

/** What is to be handled once more: events that were chosen, or all that a filter finds. */
export type ReplayTarget =
  | { readonly kind: 'events'; readonly events: readonly ReplayedEvent[] }
  | { readonly kind: 'filter'; readonly filter: ReplayFilter };

/**
 * The filter of a list as that of a replay; undefined where a replay could not find what the list shows.
 *
 * @param now Seen from when a period ends that has no end.
 */
export function replayFilterOf(filters: EventFilters, now = new Date()): ReplayFilter | undefined {
  const { q, lookup, type, status, hasFailures, objectId, partitionKey, replayId } = filters;
  // A replay finds its events by these filters only.
  if (
    q !== undefined ||
    lookup !== undefined ||
    replayId !== undefined ||
    status === 'duplicate' ||
    hasFailures === 'false'
  )
    return undefined;
  return {
    // Which event types there are is for the API to say.
    ...(type !== undefined && { type: type as NonNullable<ReplayFilter['type']> }),
    ...(status !== undefined && { status: [status] }),
    ...(hasFailures === 'true' && { hasFailures: true }),
    ...(objectId !== undefined && { objectId }),
    ...(partitionKey !== undefined && { partitionKey }),
    ...boundsOf(filters, now),
  };
}

/** The one event type that all of it is of, whose handlers can be chosen among; undefined where there are several. */
export function eventTypeOf(target: ReplayTarget): string | undefined {
  if (target.kind === 'filter') return target.filter.type;
  const [first, ...others] = new Set(target.events.map(({ type }) => type));
  return others.length === 0 ? first : undefined;
}
