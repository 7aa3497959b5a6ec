import { textIn, type Search } from '../../app/search.ts';

/** Which keys are listed, as the address has it. */
export interface WaitingFilters {
  handlerId?: string;
  targetId?: string;
  /** Why the key waits, or why its last attempt failed. */
  reason?: string;
  cursor?: string;
}

export function waitingFilters(search: Search): WaitingFilters {
  return {
    handlerId: textIn(search.handlerId),
    targetId: textIn(search.targetId),
    reason: textIn(search.reason),
    cursor: textIn(search.cursor),
  };
}
