import type { Logger } from '#observability';

/** What a process is for, between its start and its stop. Both are called once, stop possibly before start has ended. */
export interface Startable {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs until the process is asked to end, then stops in order and lets it end with 0. A second signal ends it at once.
 */
export async function runUntilSignalled(work: Startable, logger: Logger): Promise<void> {
  const signalled = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  // A start that fails ends the process through the caller; one that waits is ended by the stop.
  const started = work.start();
  const signal = await Promise.race([signalled, started.then(() => signalled)]);
  logger.info({ signal }, 'asked to stop');
  await work.stop();
  // What it still waited for, a broker that never came for one, does not matter any more.
  started.catch(() => undefined);
}
