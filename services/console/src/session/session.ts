import { queryOptions, useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { answerOf, api } from '../api/client.ts';
import type { SessionView } from '#contracts/rest-api';
import { isSignedOut, type ApiProblem, type ServerAway } from '../api/problem.ts';
import { sessionKey } from './session-key.ts';

/** Who is signed in; null when no user is. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return await answerOf(api.GET('/api/v1/session', { signal }));
    } catch (error) {
      if (isSignedOut(error)) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export const SessionContext = createContext<SessionView | null>(null);

/** Who is signed in; within the shell a user always is. */
export function useSession(): SessionView {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession stands outside the shell');
  return session;
}

type Change<Variables> = UseMutationResult<unknown, ApiProblem | ServerAway, Variables>;

/** Signs in with an API key. */
export function useSignIn(): Change<string> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => answerOf(api.POST('/api/v1/session', { body: { key } })),
    onSuccess: (session) => client.setQueryData(sessionKey, session),
  });
}

/** Signs out, and drops everything that was read. */
export function useSignOut(): Change<void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/session')),
    onSuccess: () => {
      client.setQueryData(sessionKey, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    },
  });
}
