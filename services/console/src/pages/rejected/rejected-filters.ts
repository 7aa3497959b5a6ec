import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import { reasons, type Reason } from './reasons.ts';

/** Which rejected messages are listed, as it stands in the address. */
export interface RejectedFilters {
  reason?: Reason;
  cursor?: string;
}

export function rejectedFilters(search: Search): RejectedFilters {
  return { reason: oneOfIn(Object.keys(reasons) as Reason[], search.reason), cursor: textIn(search.cursor) };
}
