import { Backoff } from '#retry';
import type { BrokerConnection } from './connection.ts';
import type { ConsumerOptions } from './consumer-options.ts';
import { ConsumerSession } from './consumer-session.ts';
import { StuckDeliveries } from './stuck-deliveries.ts';

/**
 * Between two attempts to consume; longer as long as it cannot even begin, for example because a queue exists with
 * other properties.
 */
const waits = { firstMs: 500, longestMs: 5_000 };
/** A failure that stays the same is reported again after this time. */
const toldAgainMs = 60_000;
/** How long work that was aborted is waited for. */
const lastWordsMs = 3_000;

/**
 * Consumes queues with manual acknowledgement. When the channel ends (lost connection, a consumer cancelled by the
 * broker, an error), it signals running deliveries and starts to consume again.
 */
export class Consumer {
  readonly #connection: BrokerConnection;
  readonly #options: ConsumerOptions;
  readonly #stuck = new StuckDeliveries();
  readonly #stopping = new AbortController();
  #session: ConsumerSession | undefined;
  #started = false;
  /** There while it is paused; resolves when it is no more. */
  #pause: PromiseWithResolvers<undefined> | undefined;

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
   * For how long the message that was delivered first of those not settled has been held, milliseconds; 0 without one.
   */
  get oldestHeldMs(): number {
    return this.#session?.oldestHeldMs ?? 0;
  }

  /**
   * Gives everything back that is not settled, and takes no more until {@link resume}. What runs is aborted: the broker
   * hands it to others at once.
   */
  pause(reason: Error): void {
    this.#pause ??= Promise.withResolvers();
    this.#session?.giveUp(reason);
  }

  /** Begins to consume again. */
  resume(): void {
    this.#pause?.resolve(undefined);
    this.#pause = undefined;
  }

  /**
   * Begins no more work and waits until what has begun is settled.
   *
   * @param deadline When it fires, what still runs is aborted, and its messages return to their queues.
   */
  async stop(deadline: AbortSignal): Promise<void> {
    this.#stopping.abort();
    this.resume();
    await this.#session?.drain(deadline);
    // One that is still being opened ends with its channel.
    await this.#session?.close();
    // What was aborted has a last word: that it was.
    await this.#session?.drain(AbortSignal.timeout(lastWordsMs));
  }

  async #run(): Promise<void> {
    let told = { message: '', at: 0 };
    const backoff = new Backoff(waits);
    while (!this.#isStopping()) {
      if (this.#pause) {
        await this.#pause.promise;
        continue;
      }
      let hasBegun = false;
      try {
        const session = await ConsumerSession.open(
          this.#connection,
          this.#options,
          this.#stuck,
          this.#stopping.signal,
          // Messages come before all its subscriptions are made: a stop has to wait for the work on them.
          (opening) => (this.#session = opening),
        );
        // A stop that came before there was a session did not see it. Otherwise it waits for work that began in time.
        if (this.#isStopping()) {
          if (session.inFlight === 0) await session.close();
          return;
        }
        // Nor did a pause.
        if (this.#isPaused()) {
          await session.close();
          continue;
        }
        hasBegun = true;
        this.#options.onConsuming();
        await session.ended;
      } catch (error) {
        if (this.#isStopping()) return;
        const { message } = error as Error;
        if (hasBegun) backoff.reset();
        const isKnown = !hasBegun && message === told.message && performance.now() - told.at < toldAgainMs;
        if (!isKnown) {
          this.#options.onFailure(error as Error);
          told = { message, at: performance.now() };
        }
        await backoff.wait(this.#stopping.signal);
        if (hasBegun) await this.#options.beforeAgain?.();
      }
    }
  }

  #isPaused(): boolean {
    return this.#pause !== undefined;
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}
