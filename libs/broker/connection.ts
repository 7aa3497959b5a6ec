import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { spread, toAddress, type BrokerAddress } from './address.ts';
import { backoffMs } from './backoff.ts';
import { connectFailure } from './connect-failure.ts';
import { BrokerError } from './errors.ts';
import { Route } from './route.ts';

interface ConnectionEvents {
  connected: [serverVersion: string];
  lost: [error: Error];
  /** An attempt to connect failed; another one follows by itself. */
  failed: [error: BrokerError];
  blocked: [reason: string];
  unblocked: [];
}

/** A peer that vanishes without a word is noticed after two of these. */
export const heartbeatSeconds = 10;

/**
 * One connection to RabbitMQ that comes back by itself after any loss, until it is closed: to the next node of the broker, with
 * the password and certificates of that moment.
 */
export class BrokerConnection extends EventEmitter<ConnectionEvents> {
  readonly #route: Route;
  readonly #closing = new AbortController();
  #current: ChannelModel | undefined;
  /** The connection that there is, or the one to come. */
  #coming = promised<ChannelModel>();
  #blockedBecause: string | undefined;
  /** Resolves when the newest connection has ended, however it did. */
  #gone: Promise<unknown> = Promise.resolve();

  /**
   * Begins to connect and returns at once; what waits for a channel waits for the connection.
   *
   * @param name Shown in the broker's list of connections.
   */
  static open(address: string | BrokerAddress, name: string): Promise<BrokerConnection> {
    return Promise.resolve(new BrokerConnection(new Route(spread(toAddress(address)), name)));
  }

  private constructor(route: Route) {
    super();
    this.#route = route;
    void this.#keepConnected();
  }

  /** Whether there is a connection, and the broker takes what is published. */
  get usable(): boolean {
    return this.#current !== undefined && this.#blockedBecause === undefined;
  }

  /** @throws {BrokerError} `disconnected` while there is no connection, or the broker blocks publishers. */
  assertUsable(): void {
    if (!this.#current) throw new BrokerError('disconnected', 'not connected to RabbitMQ');
    if (this.#blockedBecause !== undefined) {
      throw new BrokerError('disconnected', `RabbitMQ blocks publishers: ${this.#blockedBecause}`);
    }
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

  /** Ends the connection for good. May be called again. */
  async close(): Promise<void> {
    this.#closing.abort();
    const current = this.#current;
    this.#current = undefined;
    this.#coming.reject(new BrokerError('disconnected', 'the connection was closed'));
    this.#coming = promised();
    this.#coming.reject(new BrokerError('disconnected', 'the connection was closed'));
    // When the connection ends before the broker has answered, amqplib's promise stays open for ever.
    if (current) await Promise.race([current.close().catch(ignoreClosed), this.#gone]);
  }

  async #keepConnected(): Promise<void> {
    for (let tries = 1; !this.#isClosing(); tries++) {
      const url = this.#route.turn();
      try {
        const connection = await this.#connect(url);
        tries = 0;
        await this.#use(connection);
      } catch (error) {
        if (!this.#isClosing()) this.emit('failed', connectFailure(error as Error, url));
      }
      await delay(backoffMs(tries), undefined, { signal: this.#closing.signal }).catch(ignoreClosed);
    }
  }

  async #connect(url: string): Promise<ChannelModel> {
    const endpoint = await this.#route.endpoint(url);
    return connect(withHeartbeat(endpoint.url), endpoint.connectionOptions);
  }

  /** Resolves when the connection has ended. */
  async #use(connection: ChannelModel): Promise<void> {
    // A connection's error is always followed by its close, which tells the same cause.
    connection.on('error', () => {});
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

/** As `Promise.withResolvers`, for a promise that may be rejected with nobody waiting for it. */
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
