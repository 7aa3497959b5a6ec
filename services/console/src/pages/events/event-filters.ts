import type { EventView } from '#contracts/rest-api';
import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import { isAnyTime, periodIn, type Period } from '../../components/period.ts';
import type { Searched } from '../../components/searched.ts';

export const eventStatuses = [
  'succeeded',
  'failed',
  'waiting',
  'duplicate',
] as const satisfies readonly EventView['status'][];

export const failureFilters = ['true', 'false'] as const;

/** Which events are listed, as the address has it. */
export interface EventFilters extends Period, Searched {
  /** Id of an event type. */
  type?: string;
  status?: (typeof eventStatuses)[number];
  /** Whether one of the handlers has failed. */
  hasFailures?: (typeof failureFilters)[number];
  objectId?: string;
  partitionKey?: string;
  /** What a replay has sent again. */
  replayId?: string;
  cursor?: string;
  /** The list follows what happens. */
  live?: 'on';
}

/** Reads them; the API is the one to know whether there is such an event type. */
export function eventFilters(search: Search): EventFilters {
  return {
    q: textIn(search.q),
    lookup: textIn(search.lookup),
    type: textIn(search.type),
    status: oneOfIn(eventStatuses, search.status),
    hasFailures: oneOfIn(failureFilters, search.hasFailures),
    objectId: textIn(search.objectId),
    partitionKey: textIn(search.partitionKey),
    replayId: textIn(search.replayId),
    ...periodIn(search),
    cursor: textIn(search.cursor),
    live: oneOfIn(['on'] as const, search.live),
  };
}

/** Whether they leave anything out. */
export function isNarrowed(filters: EventFilters): boolean {
  const { q, lookup, type, status, hasFailures, objectId, partitionKey, replayId } = filters;
  const given = [q, lookup, type, status, hasFailures, objectId, partitionKey, replayId];
  return given.some((value) => value !== undefined) || !isAnyTime(filters);
}
