import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerConnection } from './connection.ts';
import type { ConsumerOptions } from './consumer-options.ts';
import { ConsumerSession } from './consumer-session.ts';

/** Between two attempts to consume; the connection has a backoff of its own. */
const retryDelayMs = 500;
/** How long work that was aborted is waited for. */
const lastWordsMs = 3_000;

/**
 * Consumes queues with manual acknowledgement. Whatever ends the channel (lost connection, a consumer cancelled by the
 * broker, an error), running deliveries are told by their signal and consuming begins anew.
 */
export class Consumer {
  readonly #connection: BrokerConnection;
  readonly #options: ConsumerOptions;
  readonly #stopping = new AbortController();
  #session: ConsumerSession | undefined;
  #started = false;

  constructor(connection: BrokerConnection, options: ConsumerOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Begins to consume; does not wait for the broker. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#run();
  }

  /** True while messages can arrive. */
  get consuming(): boolean {
    return this.#session?.open ?? false;
  }

  /** Messages that are being worked on. */
  get inFlight(): number {
    return this.#session?.inFlight ?? 0;
  }

  /**
   * Begins no more work and waits until what has begun is settled.
   *
   * @param deadline When it fires, what still runs is aborted, and its messages return to their queues.
   */
  async stop(deadline: AbortSignal): Promise<void> {
    this.#stopping.abort();
    await this.#session?.drain(deadline);
    // A session that is still being opened may wait for the broker for ever: it is not waited for, and closes itself.
    await this.#session?.close();
    // What was aborted has a last word: that it was.
    await this.#session?.drain(AbortSignal.timeout(lastWordsMs));
  }

  async #run(): Promise<void> {
    while (!this.#isStopping()) {
      try {
        this.#session = await ConsumerSession.open(this.#connection, this.#options, this.#stopping.signal);
        // A stop that came while the session was being opened did not see it.
        if (this.#isStopping()) {
          await this.#session.close();
          return;
        }
        this.#options.onConsuming();
        await this.#session.ended;
      } catch (error) {
        if (this.#isStopping()) return;
        this.#options.onFailure(error as Error);
        await delay(retryDelayMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      }
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}
