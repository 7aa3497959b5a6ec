import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { CatalogView, ExecutorView } from '#contracts/rest-api';
import { notifyFailed } from '../../components/notify.tsx';

interface Executors {
  readonly items: readonly ExecutorView[];
  /** The newest revision, since when there is it, and since when each executor runs what it runs. */
  readonly catalog: CatalogView;
}

const executorsKey = ['executors'] as const;
const usualMs = 3_000;
/** While an executor is behind, which usually takes less than a second. */
const watchingMs = 500;

export const executorsQuery = queryOptions({
  queryKey: executorsKey,
  queryFn: async ({ signal }): Promise<Executors> => {
    const [{ items }, catalog] = await Promise.all([
      answerOf(api.GET('/api/v1/executors', { signal })),
      answerOf(api.GET('/api/v1/catalog', { signal })),
    ]);
    return { items, catalog };
  },
  refetchInterval: ({ state: { data } }) => (data && behindIn(data.catalog).length > 0 ? watchingMs : usualMs),
});

/** The executors in which the newest revision is not in force. */
export function behindIn({ executors }: CatalogView): CatalogView['executors'] {
  return executors.filter(({ inForce }) => !inForce);
}

/** Asks every executor to load the catalog again; their revisions show the result. */
export function useReload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await answerOf(api.POST('/api/v1/catalog/reload'));
      return { askedAt: new Date() };
    },
    onError: (problem) => notifyFailed('Failed to reload the executors', problem),
    onSettled: () => client.invalidateQueries({ queryKey: executorsKey }),
  });
}
