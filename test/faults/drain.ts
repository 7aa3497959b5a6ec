import type { LedgerEvent } from './billing/ledger.ts';
import type { Journal } from './checks/journal.ts';
import { poll } from '../../tools/process/poll.ts';
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
  let open = events.map(({ id }) => id);
  let toldAt = performance.now();
  let movedAt = performance.now();
  const look = async () => {
    const before = open.length;
    open = await journal.askFor(open);
    const now = performance.now();
    if (open.length < before) movedAt = now;
    if (open.length === 0 || now - movedAt > patienceMs) return true;
    if (now - toldAt > tellEveryMs) {
      say(`${count(open.length)} of ${count(events.length)} events have not ended yet`);
      toldAt = now;
    }
    return undefined;
  };
  await poll(look, { timeoutMs: Infinity, signal });
}
