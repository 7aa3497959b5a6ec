import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isPassing, isSignedOut, type ApiProblem, type ServerAway } from './problem.ts';
import { sessionKey } from '../session/session-key.ts';

declare module '@tanstack/react-query' {
  interface Register {
    /** What calls throw: see answerOf. */
    defaultError: ApiProblem | ServerAway;
  }
}

const mostRetries = 2;
const firstRetryMs = 400;

/**
 * The cache of the registry's answers. When any call is answered with 401 the session is over: the sign-in replaces the
 * page at the same address, so that the page comes back.
 */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown): void => {
    if (isSignedOut(error)) client.setQueryData(sessionKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Going back to a page shows the cached data at once, and reads it again.
        staleTime: 5_000,
        retry: (failures, error) => isPassing(error) && failures < mostRetries,
        retryDelay: (failures) => firstRetryMs * 2 ** failures,
        // Whether the network is there is for the registry's answer to say: it may well run on this machine.
        networkMode: 'always',
      },
      // A change is never repeated automatically.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return client;
}

/** Options of a query that is asked again and again while the page is looked at; not when its tab is hidden. */
export function polling(
  on: boolean,
  everyMs = 3_000,
): { refetchInterval: number | false; refetchIntervalInBackground: false } {
  return { refetchInterval: on ? everyMs : false, refetchIntervalInBackground: false };
}
