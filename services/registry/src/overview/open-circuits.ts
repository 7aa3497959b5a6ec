import type { CircuitReport } from '#contracts';
import type { Named, OpenCircuit } from './attention.ts';

/** What circuits are about, by id. */
interface Owners {
  readonly handlers: readonly Named[];
  readonly targets: readonly Named[];
}

/** The handlers and targets with an open circuit on at least one executor, the one that has been open longest first. */
export function openCircuits(
  executors: readonly { readonly circuits: readonly CircuitReport[] }[],
  { handlers, targets }: Owners,
): OpenCircuit[] {
  const opened = new Map<string, Date>();
  for (const { handlerId, targetId, open, openedAt } of executors.flatMap(({ circuits }) => circuits)) {
    const owner = handlerId ?? targetId;
    if (!open || owner === undefined) continue;
    const since = new Date(openedAt);
    const earliest = opened.get(owner);
    if (earliest === undefined || since < earliest) opened.set(owner, since);
  }
  const openOf = (type: OpenCircuit['type'], owners: readonly Named[]): OpenCircuit[] =>
    owners
      .filter(({ id }) => opened.has(id))
      .map(({ id, name }) => ({ type, owner: { id, name }, openedAt: opened.get(id)! }));
  return [...openOf('handler', handlers), ...openOf('target', targets)].sort(
    (one, other) => one.openedAt.getTime() - other.openedAt.getTime(),
  );
}
