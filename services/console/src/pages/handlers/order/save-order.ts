import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import type { HandlerOrderInput, HandlerPage } from '#contracts/rest-api';
import { notifyDone, notifyFailed } from '../../../components/notify.tsx';
import { handlersKey } from '../handler-list.ts';

interface Order {
  event: string;
  ids: readonly string[];
}

/** Saves the order of an event's handlers. The list has it at once, and returns to the old one when saving fails. */
export function useOrderSave(listKey: QueryKey) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ event, ids }: Order) =>
      answerOf(
        api.PUT('/api/v1/handlers/order', { body: { event: event as HandlerOrderInput['event'], ids: [...ids] } }),
      ),
    onMutate: async ({ ids }) => {
      // An answer in flight would bring back the old order.
      await client.cancelQueries({ queryKey: listKey });
      const before = client.getQueryData<HandlerPage>(listKey);
      client.setQueryData<HandlerPage>(listKey, (page) => page && inOrder(page, ids));
      return { before };
    },
    onSuccess: (_, { event }) => notifyDone(`The handlers of ${event} run in the new order.`),
    onError: (problem, _, context) => {
      if (context?.before) client.setQueryData(listKey, context.before);
      notifyFailed('Failed to save the order', problem);
    },
    onSettled: () => client.invalidateQueries({ queryKey: handlersKey }),
  });
}

/** As the registry will answer: priorities from 1. */
function inOrder(page: HandlerPage, ids: readonly string[]): HandlerPage {
  const places = new Map(ids.map((id, index) => [id, index + 1]));
  const items = page.items.map((handler) => ({ ...handler, priority: places.get(handler.id) ?? handler.priority }));
  return { ...page, items: items.sort((one, other) => one.priority - other.priority) };
}
