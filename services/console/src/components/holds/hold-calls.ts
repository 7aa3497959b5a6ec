import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { notifyDone, notifyFailed } from '../notify.tsx';

/** What can be held: a handler or a target, by its id and name. */
export interface HoldSubject {
  readonly type: 'handler' | 'target';
  readonly id: string;
  readonly name: string;
}

const dayMs = 86_400_000;
const longestMs = 7 * dayMs;

/** Over what a forecast goes. */
export type ForecastSpan = 'hold' | 'day' | 'week';

/**
 * What a hold from now on would delay. Without an end it is of one day, and of a long one of its first week.
 *
 * @param until RFC 3339.
 */
export function forecastQuery({ type, id }: HoldSubject, until: string | undefined) {
  return queryOptions({
    queryKey: ['holds', 'forecast', type, id, until],
    queryFn: async ({ signal }) => {
      const from = Date.now();
      const end = until === undefined ? from + dayMs : Date.parse(until);
      const to = Math.min(end, from + longestMs);
      const span: ForecastSpan = until === undefined ? 'day' : end > to ? 'week' : 'hold';
      const body = {
        ...(type === 'handler' ? { handlerIds: [id] } : { targetIds: [id] }),
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      };
      return { span, ...(await answerOf(api.POST('/api/v1/holds/forecast', { body, signal }))) };
    },
    staleTime: 60_000,
  });
}

/** Everything that shows whether something is held. */
function useHoldsRead() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['handlers', 'targets', 'holds', 'overview', 'waiting'].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

/** Holds a handler or target, from now on. */
export function useHold({ type, id, name }: HoldSubject, onDone: () => void) {
  const read = useHoldsRead();
  return useMutation({
    mutationFn: async ({ reason, until }: { reason: string; until: string | undefined }): Promise<unknown> => {
      const params = { path: { id } };
      const body = { reason, ...(until !== undefined && { until }) };
      return type === 'handler'
        ? answerOf(api.PUT('/api/v1/handlers/{id}/hold', { params, body }))
        : answerOf(api.PUT('/api/v1/targets/{id}/hold', { params, body }));
    },
    onSuccess: () => {
      notifyDone(`${name} is held.`);
      onDone();
    },
    onSettled: read,
  });
}

/** Releases a handler or target. */
export function useRelease({ type, id, name }: HoldSubject) {
  const read = useHoldsRead();
  return useMutation({
    mutationFn: () => {
      const params = { path: { id } };
      return type === 'handler'
        ? answerOf(api.DELETE('/api/v1/handlers/{id}/hold', { params }))
        : answerOf(api.DELETE('/api/v1/targets/{id}/hold', { params }));
    },
    onSuccess: () => notifyDone(`${name} is released.`),
    onError: (problem) => notifyFailed(`Failed to release ${name}`, problem),
    onSettled: read,
  });
}
