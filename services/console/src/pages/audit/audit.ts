import { keepPreviousData, queryOptions, type QueryKey } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { boundsOf } from '../../components/period.ts';
import type { AuditFilters } from './audit-filters.ts';

const pageLimit = 50;

/**
 * One page of the audit, the newest first.
 *
 * @param under What it is read anew with: a change that asks for all under this key anew stands in the audit too.
 */
export function auditQuery(filters: AuditFilters, under: QueryKey = []) {
  const { actor, action, subject, cursor } = filters;
  return queryOptions({
    queryKey: [...under, 'audit', filters],
    queryFn: ({ signal }) => {
      // When it is asked, and not when it was drawn: "the last hour" goes on.
      const query = { actor, action, subject, ...boundsOf(filters), cursor, limit: pageLimit };
      return answerOf(api.GET('/api/v1/audit', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}
