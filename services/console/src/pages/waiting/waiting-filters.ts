import type { DeferralView } from '#contracts/rest-api';
import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import { deferralReasons } from '../../components/reasons.ts';

type Reason = DeferralView['reason'];

/** Which keys are listed, as the address has it. */
export interface WaitingFilters {
  handlerId?: string;
  reason?: Reason;
  cursor?: string;
}

export const reasons = Object.keys(deferralReasons) as Reason[];

export function waitingFilters(search: Search): WaitingFilters {
  return {
    handlerId: textIn(search.handlerId),
    reason: oneOfIn(reasons, search.reason),
    cursor: textIn(search.cursor),
  };
}
