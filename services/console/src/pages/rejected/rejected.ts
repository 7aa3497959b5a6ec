import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { partitionKeyHeader } from '#contracts';
import type { EventDraft } from '../../components/EventForm.tsx';
import { answerOf, api } from '../../api/client.ts';
import { boundsOf } from '../../components/period.ts';
import type { RejectedFilters } from './rejected-filters.ts';

/** Each comes with up to 64 KiB of its body. */
const pageLimit = 20;

export function rejectedQuery({ period, from, to, ...filters }: RejectedFilters) {
  const asked = { ...filters, limit: pageLimit };
  return queryOptions({
    queryKey: ['rejected', 'list', { ...asked, period, from, to }],
    queryFn: ({ signal }) => {
      const query = { ...asked, ...boundsOf({ period, from, to }) };
      return answerOf(api.GET('/api/v1/rejected', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}

export function rejectedMessageQuery(id: string) {
  return queryOptions({
    queryKey: ['rejected', 'one', id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/rejected/{id}', { params: { path: { id } }, signal })),
  });
}

/** Where the whole body of one can be had, as a file. */
export function bodyAddress(id: string): string {
  return `/api/v1/rejected/${encodeURIComponent(id)}/body`;
}

/**
 * A rejected message as a draft to be corrected: its whole body as text, and its partition key. Values of redacted
 * fields are `***` in it.
 */
export function rejectedDraftQuery(id: string) {
  return queryOptions({
    queryKey: ['rejected', 'draft', id],
    queryFn: async ({ signal }): Promise<EventDraft> => {
      const [message, text] = await Promise.all([
        answerOf(api.GET('/api/v1/rejected/{id}', { params: { path: { id } }, signal })),
        answerOf<unknown>(api.GET('/api/v1/rejected/{id}/body', { params: { path: { id } }, parseAs: 'text', signal })),
      ]);
      return { text: String(text), partitionKey: partitionKeyIn(message.properties) };
    },
    staleTime: Infinity,
  });
}

/** Empty when the message had none, or none that is text. */
function partitionKeyIn(properties: Readonly<Record<string, unknown>>): string {
  const headers = properties.headers;
  const key =
    typeof headers === 'object' && headers !== null && (headers as Record<string, unknown>)[partitionKeyHeader];
  return typeof key === 'string' ? key : '';
}
