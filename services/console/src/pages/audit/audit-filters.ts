import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import { periodIn, type Period } from '../../components/period.ts';
import { actions, type Action } from './actions.ts';

/** Which entries are listed, as it stands in the address. */
export interface AuditFilters extends Period {
  /** Id or name of who did it. */
  actor?: string;
  action?: Action;
  /** Id or name of what it was done to. */
  subject?: string;
  cursor?: string;
}

export function auditFilters(search: Search): AuditFilters {
  return {
    actor: textIn(search.actor),
    action: oneOfIn(Object.keys(actions) as Action[], search.action),
    subject: textIn(search.subject),
    ...periodIn(search),
    cursor: textIn(search.cursor),
  };
}
