import { taskTypes, type TaskType } from '#contracts';
import type { HandlerView } from '#contracts/rest-api';
import { oneOfIn, pageIn, textIn, type Search } from '../../app/search.ts';

export const statuses = ['enabled', 'disabled', 'archived'] as const satisfies readonly HandlerView['status'][];
/** The statuses to choose from, in the words of the console. */
export const statusChoices = [
  { value: 'enabled', label: 'Enabled' },
  { value: 'disabled', label: 'Disabled' },
  { value: 'archived', label: 'Archived' },
] satisfies { value: HandlerView['status']; label: string }[];

export const sorts = ['event', 'priority', '-priority', 'name', '-name'] as const;

/** Which handlers are listed, as the address has it. */
export interface HandlerFilters {
  /** Id of an event type. */
  event?: string;
  type?: TaskType;
  /** Without it: enabled and disabled ones. */
  status?: (typeof statuses)[number];
  q?: string;
  sort?: (typeof sorts)[number];
  page?: number;
}

/**
 * What the list is sorted by: of one event by priority, else grouped by event, as priorities of two events do not
 * compare.
 */
export function sortOf({ event, sort }: HandlerFilters): NonNullable<HandlerFilters['sort']> {
  if (event === undefined) return sort === undefined || sort.endsWith('priority') ? 'event' : sort;
  return sort === undefined || sort === 'event' ? 'priority' : sort;
}

/** All handlers of one event that are not archived, in the order in which they run: an order that can be changed. */
export function areAnOrder(filters: HandlerFilters): boolean {
  const { event, type, status, q } = filters;
  return event !== undefined && [type, status, q].every((one) => one === undefined) && sortOf(filters) === 'priority';
}

/** Reads them; the API is the one to know whether there is such an event type. */
export function handlerFilters(search: Search): HandlerFilters {
  return {
    event: textIn(search.event),
    type: oneOfIn(taskTypes, search.type),
    status: oneOfIn(statuses, search.status),
    q: textIn(search.q),
    sort: oneOfIn(sorts, search.sort),
    page: pageIn(search.page),
  };
}
