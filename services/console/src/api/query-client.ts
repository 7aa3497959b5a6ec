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
 * What the console knows of the server. Whichever call is told that nobody is signed in, the session is over, and the sign-in stands
 * where the page was; the address stays, so that the page comes back.
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
        // Going back to a page shows what was there at once, and asks anew.
        staleTime: 5_000,
        retry: (failures, error) => isPassing(error) && failures < mostRetries,
        retryDelay: (failures) => firstRetryMs * 2 ** failures,
        // Whether the network is there is for the registry's answer to say: it may well run on this machine.
        networkMode: 'always',
      },
      // A change is never made twice without somebody asking for it.
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
