import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { Backoff } from '#retry';
import { spread, toAddress, type BrokerAddress } from './address.ts';
import { connectFailure } from './connect-failure.ts';
import { BrokerError } from './errors.ts';
import { readSafely, writeTogether } from './frames.ts';
import { Route } from './route.ts';
import { breakOff, closeLimitMs, watchSilence } from './silent-broker.ts';

interface ConnectionEvents {
  connected: [serverVersion: string];
  lost: [error: Error];
  /** An attempt to connect failed; the connection tries again. */
  failed: [error: BrokerError];
  blocked: [reason: string];
  unblocked: [];
}

/** A peer that vanishes silently is noticed after little more than one of these. */
export const heartbeatSeconds = 10;

/**
 * Soon at first, since a broker's restart takes seconds. Many clients that were lost together do not come back
 * together.
 */
const waits = { firstMs: 100, longestMs: 2_000, jitter: 0.2 };

export interface ConnectionOptions {
  /** How much is kept of a body that is longer; all of it unless given. Such a delivery tells its true size. */
  mostBodyBytes?: number;
}

/**
 * One connection to RabbitMQ that reconnects after any loss, until it is closed. Each time it uses the next node of the
 * broker, and the current password and certificates.
 */
export class BrokerConnection extends EventEmitter<ConnectionEvents> {
  readonly #route: Route;
  readonly #options: ConnectionOptions;
  readonly #closing = new AbortController();
  #current: ChannelModel | undefined;
  /** The connection that there is, or the one to come. */
  #coming = promised<ChannelModel>();
  #blockedBecause: string | undefined;
  #fault: Error | undefined;
  /** Resolves when the newest connection has ended, however it did. */
  #gone: Promise<unknown> = Promise.resolve();

  /**
   * Begins to connect and returns at once; what waits for a channel waits for the connection.
   *
   * @param name Shown in the broker's list of connections.
   */
  static open(address: string | BrokerAddress, name: string, options: ConnectionOptions = {}): BrokerConnection {
    return new BrokerConnection(new Route(spread(toAddress(address)), name), options);
  }

  private constructor(route: Route, options: ConnectionOptions) {
    super();
    this.#route = route;
    this.#options = options;
    void this.#keepConnected();
  }

  /** Whether there is a connection, and the broker takes what is published. */
  get usable(): boolean {
    return this.#current !== undefined && this.#blockedBecause === undefined;
  }

  /** The error of the newest connection. Its channels do not receive it. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  /** @throws {BrokerError} `disconnected` while there is no connection, or the broker blocks publishers. */
  assertUsable(): void {
    if (!this.#current) throw new BrokerError('disconnected', 'not connected to RabbitMQ');
    if (this.#blockedBecause !== undefined) {
      throw new BrokerError('disconnected', `RabbitMQ blocked publishers: ${this.#blockedBecause}`);
    }
  }

  /**
   * Resolves when there is a connection.
   *
   * @throws {BrokerError} `disconnected` when meanwhile each node was tried in vain.
   */
  async untilConnected(): Promise<void> {
    const inVain = promised<never>();
    let failures = 0;
    const onFailed = (error: BrokerError) => {
      failures++;
      if (failures < this.#route.nodes) return;
      inVain.reject(new BrokerError('disconnected', 'not connected to RabbitMQ', { cause: error }));
    };
    this.on('failed', onFailed);
    try {
      await Promise.race([this.#coming.promise, inVain.promise]);
    } finally {
      this.off('failed', onFailed);
    }
  }

  /**
   * Ends the current connection without telling the broker, and reconnects. Data that the broker has not read yet does
   * not arrive.
   */
  breakOff(): void {
    const current = this.#current;
    if (!current) return;
    this.#lose(current, new Error('the broker does not answer'));
    breakOff(current);
  }

  /**
   * A channel with publisher confirms. Waits for the connection if there is none.
   *
   * @param signal Ends the waiting for a connection, with its reason.
   */
  async createConfirmChannel(signal?: AbortSignal): Promise<ConfirmChannel> {
    const givenUp = Promise.withResolvers<never>();
    const giveUp = () => givenUp.reject(signal?.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    const opened = this.#coming.promise.then((connection) => connection.createConfirmChannel());
    try {
      return withErrorsHeard(await Promise.race([opened, givenUp.promise]));
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the connection for good; does not wait for the broker for long. May be called again. */
  async close(): Promise<void> {
    this.#closing.abort();
    const current = this.#current;
    this.#current = undefined;
    this.#coming.reject(new BrokerError('disconnected', 'the connection was closed'));
    this.#coming = promised();
    this.#coming.reject(new BrokerError('disconnected', 'the connection was closed'));
    // When the connection ends before the broker has answered, amqplib's promise stays open for ever.
    if (!current) return;
    const late = delay(closeLimitMs, 'late', { ref: false });
    const end = await Promise.race([current.close().catch(ignoreClosed), this.#gone, late]);
    if (end === 'late') breakOff(current);
  }

  async #keepConnected(): Promise<void> {
    const backoff = new Backoff(waits);
    while (!this.#isClosing()) {
      const url = this.#route.turn();
      try {
        const connection = await this.#connect(url);
        backoff.reset();
        await this.#use(connection);
      } catch (error) {
        if (!this.#isClosing()) this.emit('failed', connectFailure(error as Error, url));
      }
      await backoff.wait(this.#closing.signal);
    }
  }

  async #connect(url: string): Promise<ChannelModel> {
    const endpoint = await this.#route.endpoint(url);
    const connection = await connect(withHeartbeat(endpoint.url), endpoint.connectionOptions);
    readSafely(connection.connection, this.#options.mostBodyBytes ?? Infinity);
    writeTogether(connection.connection);
    watchSilence(connection);
    return connection;
  }

  /** Resolves when the connection has ended. */
  async #use(connection: ChannelModel): Promise<void> {
    // A connection's error is always followed by its close, which tells the same cause; its channels end in between.
    this.#fault = undefined;
    connection.on('error', (error: Error) => (this.#fault = error));
    const gone = new Promise<void>((resolve) => {
      connection.once('close', (cause: Error | undefined) => {
        this.#lose(connection, cause ?? new Error('connection closed'));
        resolve();
      });
    });
    this.#gone = gone;
    if (this.#isClosing()) {
      await Promise.race([connection.close().catch(ignoreClosed), gone]);
      return;
    }
    connection.on('blocked', (reason: string) => {
      this.#blockedBecause = reason;
      this.emit('blocked', reason);
    });
    connection.on('unblocked', () => {
      this.#blockedBecause = undefined;
      this.emit('unblocked');
    });
    this.#current = connection;
    this.#coming.resolve(connection);
    this.emit('connected', connection.connection.serverProperties.version);
    await gone;
  }

  #lose(connection: ChannelModel, cause: Error): void {
    if (this.#current !== connection) return;
    this.#current = undefined;
    this.#blockedBecause = undefined;
    this.#coming = promised();
    this.emit('lost', cause);
  }

  #isClosing(): boolean {
    return this.#closing.signal.aborted;
  }
}

/** Like `Promise.withResolvers`, for a promise that may be rejected while no code awaits it. */
function promised<T>(): PromiseWithResolvers<T> {
  const made = Promise.withResolvers<T>();
  made.promise.catch(() => {});
  return made;
}

/** A channel's error is followed by its close, where its owner deals with it; unheard it would end the process. */
function withErrorsHeard(channel: ConfirmChannel): ConfirmChannel {
  return channel.on('error', () => {});
}

/** What is closed already is what was wanted. */
function ignoreClosed(): void {}

function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', String(heartbeatSeconds));
  return parsed.href;
}
