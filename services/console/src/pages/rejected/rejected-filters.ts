import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import { isAnyTime, periodIn, type Period } from '../../components/period.ts';
import type { RejectedMessageView } from '#contracts/rest-api';
import { rejectionReasons } from '../../components/reasons.ts';

export type Reason = RejectedMessageView['reason'];

/** Which rejected messages are listed, as the address has it. */
export interface RejectedFilters extends Period {
  reason?: Reason;
  routingKey?: string;
  cursor?: string;
}

export function rejectedFilters(search: Search): RejectedFilters {
  return {
    reason: oneOfIn(Object.keys(rejectionReasons) as Reason[], search.reason),
    routingKey: textIn(search.routingKey),
    ...periodIn(search),
    cursor: textIn(search.cursor),
  };
}

/** Whether they leave anything out. */
export function isNarrowed(filters: RejectedFilters): boolean {
  return filters.reason !== undefined || filters.routingKey !== undefined || !isAnyTime(filters);
}
