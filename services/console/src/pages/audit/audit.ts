import { keepPreviousData, queryOptions, type QueryKey } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { boundsOf } from '../../components/period.ts';
import { configurationActions } from './actions.ts';
import { configuration, type AuditFilters } from './audit-filters.ts';

const pageLimit = 50;

/**
 * One page of the audit, the newest first.
 *
 * @param under A query key to read it again with: a change that invalidates this key also has an entry in the audit.
 */
export function auditQuery(filters: AuditFilters, under: QueryKey = []) {
  const { actor, action, subject, cursor } = filters;
  return queryOptions({
    queryKey: [...under, 'audit', filters],
    queryFn: ({ signal }) => {
      // When it is asked, and not when it was drawn: "the last hour" goes on.
      const query = { actor, action: actionsOf(action), subject, ...boundsOf(filters), cursor, limit: pageLimit };
      return answerOf(api.GET('/api/v1/audit', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}

function actionsOf(action: AuditFilters['action']): string | undefined {
  return action === configuration ? configurationActions.join() : action;
}
