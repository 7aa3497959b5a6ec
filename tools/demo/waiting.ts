import { poll } from '../process/poll.ts';
import type { JournalEvent } from './api.ts';
import { DemoError } from './demo-error.ts';
import type { Registry } from './registry.ts';

const eventTimeoutMs = 60_000;

/**
 * An executor that misses the message about a change asks for the revision every 15 s, so it has the change by then.
 */
const catalogTimeoutMs = 20_000;

/** Waits until an event has been handled to its end. */
export async function waitForEvent(
  registry: Registry,
  id: string,
  type: string,
  signal: AbortSignal,
): Promise<JournalEvent> {
  let last: JournalEvent | undefined;
  const ended = await poll(
    async () => {
      last = await registry.event(id);
      return last && last.status !== 'waiting' ? last : undefined;
    },
    { timeoutMs: eventTimeoutMs, signal },
  );
  if (ended) return ended;
  const seen = last
    ? `is still waiting: ${JSON.stringify(last.executions.flatMap(({ attempts }) => attempts))}`
    : 'was not seen by any executor';
  throw new DemoError(`event ${id} (${type}) ${seen}, ${eventTimeoutMs / 1000} s after it was published`);
}

/** Waits until every executor runs the newest revision of the handlers; returns that. */
export async function waitForCatalog(registry: Registry, signal: AbortSignal): Promise<number> {
  const { revision } = await registry.catalog();
  const inForce = async () => {
    const { executors } = await registry.catalog();
    return (executors.length > 0 && executors.every((executor) => executor.revision >= revision)) || undefined;
  };
  if (await poll(inForce, { timeoutMs: catalogTimeoutMs, signal })) return revision;
  throw new DemoError(`not every executor runs revision ${revision} after ${catalogTimeoutMs / 1000} s`);
}
