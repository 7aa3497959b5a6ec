import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';

const limit = 25;

/** One page of what a handler did, the newest first. */
export function logQuery(handlerId: string, cursor: string | undefined) {
  const query = { handlerId, cursor, limit };
  return queryOptions({
    queryKey: ['executions', query],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/executions', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** One page of what was done to a handler, the newest first. */
export function auditQuery(handlerId: string, cursor: string | undefined) {
  const query = { subject: handlerId, cursor, limit };
  return queryOptions({
    // After a change, which asks for all of handlers anew, it has one entry more.
    queryKey: ['handlers', 'audit', query],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/audit', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}
