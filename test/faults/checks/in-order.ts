import { isDetached } from '../cast.ts';
import type { LedgerEvent } from '../billing/ledger.ts';
import { succeeded, type CallRecord } from '../targets/call-log.ts';
import type { RunRecord } from './run-record.ts';

/** No call for a later event of a key began before the earlier one was done with, retries on the side left aside. */
export function inOrder({ ledger, calls }: RunRecord): string[] {
  const byEvent = Map.groupBy(calls, ({ eventId }) => eventId);
  return [...ledger.byKey.values()].flatMap((events) => [...overtakings(events, byEvent), ...swaps(events, byEvent)]);
}

type CallsByEvent = ReadonlyMap<string, readonly CallRecord[]>;

function* overtakings(events: readonly LedgerEvent[], calls: CallsByEvent) {
  let earlier: { event: LedgerEvent; doneAt: number } | undefined;
  for (const event of events) {
    const own = calls.get(event.id) ?? [];
    const first = own[0];
    if (earlier && first && first.startedAt < earlier.doneAt) {
      const early = (earlier.doneAt - first.startedAt).toFixed(1);
      yield `${event.id} began with ${first.handler} ${early} ms before ${earlier.event.id} was done with`;
    }
    const doneAt = doneWith(own);
    if (doneAt !== undefined && doneAt >= (earlier?.doneAt ?? 0)) earlier = { event, doneAt };
  }
}

/**
 * When the last call that holds its key ended. Of calls of one execution the latest counts: an earlier one that is
 * still open belongs to an executor that was paused, and whose place others have taken.
 */
function doneWith(calls: readonly CallRecord[]): number | undefined {
  const holding = calls.filter(({ handler }) => !isDetached(handler));
  const latest = new Map(holding.map((call) => [call.executionId, call]));
  const begun = holding.at(-1);
  if (!begun) return undefined;
  return Math.max(begun.startedAt, ...[...latest.values()].map(({ endedAt = Infinity }) => endedAt));
}

/** The first successes of each handler come in the order of the events. */
function* swaps(events: readonly LedgerEvent[], calls: CallsByEvent) {
  const latest = new Map<string, { eventId: string; endedAt: number }>();
  for (const { id } of events) {
    const successes = Map.groupBy((calls.get(id) ?? []).filter(succeeded), ({ handler }) => handler);
    for (const [handler, [first]] of successes) {
      const endedAt = first?.endedAt;
      if (isDetached(handler) || endedAt === undefined) continue;
      const before = latest.get(handler);
      if (before && endedAt < before.endedAt)
        yield `${handler} succeeded for ${id} before it did for ${before.eventId}`;
      latest.set(handler, { eventId: id, endedAt });
    }
  }
}
