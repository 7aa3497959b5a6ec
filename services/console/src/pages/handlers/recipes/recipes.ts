import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { filledIn, parameterValues, type FieldError } from '#contracts';
import type { HandlerSetInput, HandlerSetResultView, RecipeView } from '#contracts/rest-api';
import { answerOf, api } from '../../../api/client.ts';
import { notifyDone } from '../../../components/notify.tsx';
import { handlersKey } from '../handler-list.ts';

/** They come with the registry, and stay the same while it runs. */
export const recipesQuery = queryOptions({
  queryKey: ['recipes'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/recipes', { signal })),
  staleTime: Infinity,
});

export const recipeQuery = (name: string) =>
  queryOptions({
    queryKey: ['recipes', name],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/recipes/{name}', { params: { path: { name } }, signal })),
    staleTime: Infinity,
    enabled: name !== '',
  });

/** What a person has typed, by the names of parameters. */
export type RecipeValues = Record<string, string>;

/** The targets and handlers of a recipe with the values of its parameters, or what is wrong with a value. */
export function setOf(recipe: RecipeView, values: RecipeValues): { set: HandlerSetInput } | { faults: FieldError[] } {
  const found = parameterValues(recipe.parameters, (name) => values[name]?.trim());
  if ('faults' in found) return found;
  const { targets, handlers } = filledIn(recipe.set, found.values);
  // Never pruned: what is not of the recipe stays as it is.
  const set = { handlers, prune: false, ...(targets.length > 0 && { targets }) };
  return { set: set as unknown as HandlerSetInput };
}

/** What a set would change; changes nothing. */
export function usePreview() {
  return useMutation({
    mutationFn: (body: HandlerSetInput) => answerOf(api.POST('/api/v1/handlers/set/preview', { body })),
  });
}

/** Makes what was previewed, unless handlers have been changed since. */
export function useApply() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ set, seen }: { set: HandlerSetInput; seen: HandlerSetResultView }) => {
      const header = { 'If-Match': `"${seen.revision}"` };
      return answerOf(api.PUT('/api/v1/handlers/set', { body: set, params: { header } }));
    },
    onSuccess: ({ changes }) => notifyDone(`${countOf(changes.length)} created or changed.`),
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}

/** `1 handler`, `3 handlers` */
export function countOf(handlers: number): string {
  return handlers === 1 ? '1 handler' : `${handlers} handlers`;
}
