import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { boundsOf } from '../../components/period.ts';
import type { AuditFilters } from './audit-filters.ts';

const pageLimit = 50;

export function auditQuery(filters: AuditFilters) {
  const { actor, action, subject, cursor } = filters;
  return queryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ signal }) => {
      // When it is asked, and not when it was drawn: "the last hour" goes on.
      const query = { actor, action, subject, ...boundsOf(filters), cursor, limit: pageLimit };
      return answerOf(api.GET('/api/v1/audit', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}
