import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import { periodIn, type Period } from '../../components/period.ts';
import { actions, type Action } from './actions.ts';

/** Stands for all actions that change the configuration. */
export const configuration = 'configuration';

/** Which entries are listed, as the address has it. */
export interface AuditFilters extends Period {
  /** Id or name of who did it. */
  actor?: string;
  action?: Action | typeof configuration;
  /** Id or name of what it was done to. */
  subject?: string;
  cursor?: string;
}

export function auditFilters(search: Search): AuditFilters {
  return {
    actor: textIn(search.actor),
    action: oneOfIn([configuration, ...(Object.keys(actions) as Action[])] as const, search.action),
    subject: textIn(search.subject),
    ...periodIn(search),
    cursor: textIn(search.cursor),
  };
}
