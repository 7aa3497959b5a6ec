import type { operations } from '#contracts/rest-api';
import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import { boundsOf, isAnyTime, periodIn, type Period } from '../../components/period.ts';
import type { Reached } from '../../components/reached.ts';

export const failureStates = ['open', 'settled'] as const;
export const reachedChoices = ['no', 'maybe', 'yes'] as const satisfies readonly Reached[];

/** Which failures are listed, as the address has it. */
export interface FailureFilters extends Period {
  /** Without it: open. */
  state?: 'settled';
  handlerId?: string;
  /** Id of an event type. */
  event?: string;
  reason?: string;
  reached?: Reached;
  assignee?: string;
  objectId?: string;
  partitionKey?: string;
  /** A text in ids, keys and errors. */
  q?: string;
  cursor?: string;
}

export function failureFilters(search: Search): FailureFilters {
  return {
    state: oneOfIn(['settled'] as const, search.state),
    handlerId: textIn(search.handlerId),
    event: textIn(search.event),
    reason: textIn(search.reason),
    reached: oneOfIn(reachedChoices, search.reached),
    assignee: textIn(search.assignee),
    objectId: textIn(search.objectId),
    partitionKey: textIn(search.partitionKey),
    ...periodIn(search),
    q: textIn(search.q),
    cursor: textIn(search.cursor),
  };
}

/** Whether they leave anything out, apart from the state. */
export function isNarrowed(filters: FailureFilters): boolean {
  const { handlerId, event, reason, reached, assignee, objectId, partitionKey, q } = filters;
  const given = [handlerId, event, reason, reached, assignee, objectId, partitionKey, q];
  return given.some((value) => value !== undefined) || !isAnyTime(filters);
}

type Body = NonNullable<operations['resumeFailures']['requestBody']>['content']['application/json'];

/** What selects failures in a request; times are moments. */
export type FailureFilter = Omit<NonNullable<Body['filter']>, 'objectId'> & Pick<FailureFilters, 'objectId'>;

/**
 * The filter of a list as requests take it.
 *
 * @param now The end of a period without an end.
 */
export function failureFilterOf(filters: FailureFilters, now = new Date()): FailureFilter {
  const { handlerId, event, reason, reached, assignee, objectId, partitionKey, q } = filters;
  const given = { handlerId, event, reason, reached, assignee, objectId, partitionKey, q, ...boundsOf(filters, now) };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
