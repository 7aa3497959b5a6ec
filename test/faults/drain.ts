import { poll } from '../../tools/process/poll.ts';
import type { LedgerEvent } from './billing/ledger.ts';
import type { Journal } from './checks/journal.ts';
import { count } from './report/words.ts';

/** How long nothing may come to an end before the rest is given up as lost, milliseconds. */
const patienceMs = 90_000;
/** Between two lines about what is still open, milliseconds. */
const tellEveryMs = 5_000;

/** Waits until every event has ended, or until nothing does any more. */
export async function drain(
  events: readonly LedgerEvent[],
  journal: Journal,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let open = events.length;
  let toldAt = performance.now();
  let movedAt = performance.now();
  const look = async () => {
    const ended = await journal.endedEvents();
    const left = events.filter(({ id }) => !ended.has(id)).length;
    const now = performance.now();
    if (left < open) movedAt = now;
    open = left;
    if (open === 0 || now - movedAt > patienceMs) return true;
    if (now - toldAt > tellEveryMs) {
      say(`${count(open)} of ${count(events.length)} events have not ended yet`);
      toldAt = now;
    }
    return undefined;
  };
  await poll(look, { timeoutMs: Infinity, signal });
}
