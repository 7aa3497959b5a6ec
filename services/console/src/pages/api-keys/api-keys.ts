import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { ApiKeyInput, ApiKeyView } from '#contracts/rest-api';
import { ApiProblem, type ServerAway } from '../../api/problem.ts';
import { notifyDone, notifyFailed } from '../../components/notify.tsx';

const apiKeysKey = ['api-keys'] as const;

export const apiKeysQuery = queryOptions({
  queryKey: apiKeysKey,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/api-keys', { signal })),
});

/** Makes a key. Its answer is the only one that ever has the key, and is not kept among what is read. */
export function useMakeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ApiKeyInput) => answerOf(api.POST('/api/v1/api-keys', { body })),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysKey }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: ApiKeyView) => answerOf(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    onSuccess: (_, { name }) => notifyDone(`The key ${name} is revoked.`),
    onError: (problem, { name }) => notifyFailed(`Failed to revoke the key ${name}`, explained(problem)),
    onSettled: () => client.invalidateQueries({ queryKey: apiKeysKey }),
  });
}

function explained(problem: ApiProblem | ServerAway): ApiProblem | ServerAway {
  if (!(problem instanceof ApiProblem) || problem.status !== 409) return problem;
  const detail = 'It is the last active key with the role admin. Create another admin key first, then revoke this one.';
  return new ApiProblem({ type: problem.code, title: problem.title, status: problem.status, detail });
}
