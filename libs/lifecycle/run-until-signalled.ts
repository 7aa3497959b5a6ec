import type { Logger } from '#observability';

/** What a process is for, between its start and its stop. */
export interface Startable {
  start(): Promise<void>;
  /** May be called before the start has ended. */
  stop(): Promise<void>;
  /** What has not stopped yet, by name. */
  readonly pending: readonly string[];
}

export interface ProcessOptions {
  readonly logger: Logger;
  /** From the setting: how long running work may take at a stop, milliseconds. */
  readonly shutdownTimeoutMs: number;
}

/** The process ends this long after the time for running work, even if something hangs, milliseconds. */
const exitMs = 18_000;

/**
 * Runs until the process is asked to end, then stops in order and ends the process with 0: or with 1 and a message that
 * names what has not stopped, when that takes too long. A second signal ends it at once.
 */
export async function runUntilSignalled(
  work: Startable,
  { logger, shutdownTimeoutMs }: ProcessOptions,
): Promise<never> {
  const signalled = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  // A start that fails ends the process through the caller; one that waits is ended by the stop.
  const started = work.start();
  const signal = await Promise.race([signalled, started.then(() => signalled)]);
  logger.info({ signal }, 'stopping');
  setTimeout(() => {
    logger.fatal({ parts: work.pending }, `shutdown timeout exceeded, exiting: ${namesOf(work)}`);
    process.exit(1);
  }, shutdownTimeoutMs + exitMs);
  await work.stop();
  const { pending } = work;
  if (pending.length > 0) logger.error({ parts: pending }, `exiting with parts that did not stop: ${namesOf(work)}`);
  // Whatever still waits for a database or a broker that is away must not keep the process.
  process.exit(0);
}

function namesOf({ pending }: Startable): string {
  return pending.length > 0 ? pending.join(', ') : 'the process itself';
}
