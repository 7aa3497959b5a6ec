import type { CircuitReport } from '#contracts';
import type { OpenCircuit } from './attention.ts';
import type { NamedHandler } from './present-state.ts';

/** The handlers whose circuit is open on at least one executor, the one that has been open longest first. */
export function openCircuits(
  executors: readonly { readonly circuits: readonly CircuitReport[] }[],
  handlers: readonly NamedHandler[],
): OpenCircuit[] {
  const opened = new Map<string, Date>();
  for (const { handlerId, open, openedAt } of executors.flatMap(({ circuits }) => circuits)) {
    if (handlerId === undefined) continue;
    const since = new Date(openedAt);
    const earliest = opened.get(handlerId);
    if (open && (earliest === undefined || since < earliest)) opened.set(handlerId, since);
  }
  return handlers
    .filter(({ id }) => opened.has(id))
    .map(({ id, name }) => ({ handler: { id, name }, openedAt: opened.get(id)! }))
    .sort((one, other) => one.openedAt.getTime() - other.openedAt.getTime());
}
