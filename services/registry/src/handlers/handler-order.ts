import type { FieldError } from '#contracts';

interface Placed {
  readonly id: string;
  readonly priority: number;
}

/** What is wrong with an order that was asked for: ids that are there twice, or are no handlers of the event. */
export function orderFaults(ids: readonly string[], handlers: readonly Placed[]): FieldError[] {
  const known = new Set(handlers.map(({ id }) => id));
  const seen = new Set<string>();
  return ids.flatMap((id, index) => {
    const message = seen.has(id)
      ? 'is a duplicate'
      : known.has(id)
        ? undefined
        : 'must be an enabled or disabled handler of this event';
    seen.add(id);
    return message === undefined ? [] : [{ field: `ids.${index}`, message }];
  });
}

/**
 * The handlers of an event in a new order: those that were named first, and behind them the others as they were.
 *
 * @param handlers In the order in which they run now.
 * @returns Each with its new priority, from 1.
 */
export function reordered<H extends Placed>(
  ids: readonly string[],
  handlers: readonly H[],
): { handler: H; priority: number }[] {
  const byId = new Map(handlers.map((handler) => [handler.id, handler]));
  const named = ids.map((id) => byId.get(id)!);
  const chosen = new Set(ids);
  const others = handlers.filter(({ id }) => !chosen.has(id));
  return [...named, ...others].map((handler, index) => ({ handler, priority: index + 1 }));
}
