import type { Logger } from '#observability';
import type { Part, PartList } from './part.ts';
import { Stopping } from './stopping.ts';

/** How long a stop waits for a running start, milliseconds. */
const startMs = 2_000;
/**
 * How long all stops together may take after the time for running work, milliseconds: for last writes and for closing
 * connections that may not answer.
 */
const beyondWorkMs = 15_000;

/**
 * Starts the parts of a process in their order, and stops them in reverse. Both may be called again, and a stop may
 * come during the start.
 */
export class Lifecycle {
  readonly #groups: readonly (readonly Part[])[];
  readonly #logger: Logger;
  readonly #stopping: Stopping;
  readonly #stop = new AbortController();
  /** Parts whose start has begun, or that have none. */
  readonly #alive: Set<Part>;
  #started: Promise<void> | undefined;
  #stopped: Promise<void> | undefined;

  constructor(parts: PartList, logger: Logger) {
    this.#groups = parts.map((entry) => ('name' in entry ? [entry] : entry));
    this.#logger = logger;
    this.#stopping = new Stopping(logger);
    this.#alive = new Set(this.#groups.flat().filter(({ start }) => start === undefined));
  }

  /** The parts that a stop still waits for, or has left behind, by name. */
  get pending(): readonly string[] {
    return this.#stopping.pending;
  }

  /**
   * Resolves when every part has started, or when a stop has come meanwhile.
   *
   * @throws What a part fails with; the parts after it are not started.
   */
  start(): Promise<void> {
    this.#started ??= this.#startAll();
    return this.#started;
  }

  /**
   * Resolves when every part has stopped or used up its time. No part keeps another from stopping: failures and delays
   * are logged.
   *
   * @param workMs How long running work may take, milliseconds.
   */
  stop(workMs: number): Promise<void> {
    this.#stopped ??= this.#stopAll(workMs);
    return this.#stopped;
  }

  async #startAll(): Promise<void> {
    for (const part of this.#groups.flat()) {
      if (this.#isStopping()) return;
      this.#alive.add(part);
      try {
        await part.start?.(this.#stop.signal);
      } catch (error) {
        if (this.#isStopping()) return;
        throw error;
      }
    }
    this.#logger.info('started');
  }

  #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  async #stopAll(workMs: number): Promise<void> {
    this.#stopping.begin(workMs + beyondWorkMs);
    this.#stop.abort(new Error('the process stops'));
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new Error('the time for work under way is up')), workMs);
    // A start that failed has told why.
    const started = this.#started?.catch(() => undefined) ?? Promise.resolve();
    await this.#stopping.part('start', started, startMs);
    for (const group of this.#groups.toReversed()) {
      const alive = group.filter((part) => this.#alive.has(part));
      await Promise.all(alive.map((part) => this.#stopOne(part, deadline.signal, workMs)));
    }
    clearTimeout(timer);
    this.#logger.info('stopped');
  }

  #stopOne(part: Part, deadline: AbortSignal, workMs: number): Promise<void> {
    const limitMs = part.stopMs + (part.finishesWork ? workMs : 0);
    // Asynchronous, so that one that fails at once is no exception.
    const work = async () => {
      await part.stop?.(deadline);
    };
    return this.#stopping.part(part.name, work(), limitMs);
  }
}
