import { taskTypes, type TaskType } from '#contracts';
import type { ExecutionView } from '#contracts/rest-api';
import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import { isAnyTime, periodIn, type Period } from '../../components/period.ts';
import type { Searched } from '../../components/searched.ts';

export const executionStatuses = [
  'succeeded',
  'failed',
  'waiting',
  'skipped',
] as const satisfies readonly ExecutionView['status'][];

/** Which executions are listed, as the address has it. */
export interface ExecutionFilters extends Period, Pick<Searched, 'q'> {
  /** Id of an event type. */
  event?: string;
  handlerId?: string;
  /** Of the handler's task. */
  type?: TaskType;
  status?: (typeof executionStatuses)[number];
  objectId?: string;
  cursor?: string;
  /** The list follows what happens. */
  live?: 'on';
}

/** Reads them; the API is the one to know whether there is such an event type or handler. */
export function executionFilters(search: Search): ExecutionFilters {
  return {
    q: textIn(search.q),
    event: textIn(search.event),
    handlerId: textIn(search.handlerId),
    type: oneOfIn(taskTypes, search.type),
    status: oneOfIn(executionStatuses, search.status),
    objectId: textIn(search.objectId),
    ...periodIn(search),
    cursor: textIn(search.cursor),
    live: oneOfIn(['on'] as const, search.live),
  };
}

/** Whether they leave anything out. */
export function isNarrowed(filters: ExecutionFilters): boolean {
  const { q, event, handlerId, type, status, objectId } = filters;
  return [q, event, handlerId, type, status, objectId].some((value) => value !== undefined) || !isAnyTime(filters);
}
