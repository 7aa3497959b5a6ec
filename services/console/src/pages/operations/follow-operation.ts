import type { QueryClient } from '@tanstack/react-query';
import { operationQuery } from './operation-list.ts';
import { isRunning } from './operation-words.ts';

const everyMs = 1_500;
/** A longer operation is followed on its own page. */
const longestMs = 60_000;

/** The query keys of everything that an operation changes. */
const changed = ['failures', 'events', 'executions', 'waiting', 'operations', 'overview'];

/** Waits for an operation that the user started, and then reads again what it changed. */
export async function followOperation(client: QueryClient, id: string): Promise<void> {
  const started = Date.now();
  while (Date.now() - started < longestMs) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    // An error is no reason to disturb: the pages read their own data.
    const operation = await client.query({ ...operationQuery(id), staleTime: 0 }).catch(() => undefined);
    if (operation && isRunning(operation)) continue;
    break;
  }
  await Promise.all(changed.map((key) => client.invalidateQueries({ queryKey: [key] })));
}
