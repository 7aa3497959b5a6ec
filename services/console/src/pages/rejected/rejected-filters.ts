import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import { isAnyTime, periodIn, type Period } from '../../components/period.ts';
import { reasons, type Reason } from './reasons.ts';

/** Which rejected messages are listed, as it stands in the address. */
export interface RejectedFilters extends Period {
  reason?: Reason;
  routingKey?: string;
  cursor?: string;
}

export function rejectedFilters(search: Search): RejectedFilters {
  return {
    reason: oneOfIn(Object.keys(reasons) as Reason[], search.reason),
    routingKey: textIn(search.routingKey),
    ...periodIn(search),
    cursor: textIn(search.cursor),
  };
}

/** Whether they leave anything out. */
export function isNarrowed(filters: RejectedFilters): boolean {
  return filters.reason !== undefined || filters.routingKey !== undefined || !isAnyTime(filters);
}
