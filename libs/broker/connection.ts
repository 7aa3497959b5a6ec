import { EventEmitter } from 'node:events';
import { connect, type ConfirmChannel, type RecoveringChannelModel } from 'amqplib';
import { BrokerError } from './errors.ts';

interface ConnectionEvents {
  connected: [serverVersion: string];
  lost: [error: Error];
  /** An attempt to connect failed; another one follows by itself. */
  failed: [error: Error];
  blocked: [reason: string];
  unblocked: [];
}

/** Reconnect soon at first, since a broker's restart takes seconds, and never slower than people would wait. */
const recovery = { initialDelay: 100, maxDelay: 2_000, factor: 2, jitter: 0.2, waitForConnect: false };
/** A peer that vanishes without a word is noticed after two of these. */
const heartbeatSeconds = 10;

/** One connection to RabbitMQ that comes back by itself after any loss, until it is closed. */
export class BrokerConnection extends EventEmitter<ConnectionEvents> {
  readonly #model: RecoveringChannelModel;
  #connected = false;
  #blockedBecause: string | undefined;
  /** Resolves when the newest connection has ended, however it did. */
  #gone: Promise<unknown> = Promise.withResolvers().promise;

  /**
   * Begins to connect and returns at once; what waits for a channel waits for the connection.
   *
   * @param name Shown in the broker's list of connections.
   */
  static async open(url: string, name: string): Promise<BrokerConnection> {
    const model = await connect(withHeartbeat(url), {
      recovery,
      clientProperties: { connection_name: name },
      noDelay: true,
    });
    return new BrokerConnection(model);
  }

  private constructor(model: RecoveringChannelModel) {
    super();
    this.#model = model;
    model.on('connect', (connection) => {
      this.#connected = true;
      this.#gone = new Promise((resolve) => connection.once('close', resolve));
      this.emit('connected', connection.connection.serverProperties.version);
    });
    model.on('disconnect', (error) => {
      this.#connected = false;
      this.#blockedBecause = undefined;
      this.emit('lost', error);
    });
    model.on('connect-failed', (error) => this.emit('failed', error));
    model.on('blocked', (reason) => {
      this.#blockedBecause = reason;
      this.emit('blocked', reason);
    });
    model.on('unblocked', () => {
      this.#blockedBecause = undefined;
      this.emit('unblocked');
    });
    // A connection's error is always followed by its close, which `disconnect` tells with the same cause.
    model.on('error', () => {});
  }

  /** @throws {BrokerError} `disconnected` while there is no connection, or the broker blocks publishers. */
  assertUsable(): void {
    if (!this.#connected) throw new BrokerError('disconnected', 'not connected to RabbitMQ');
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
    try {
      return withErrorsHeard(await Promise.race([this.#model.createConfirmChannel(), givenUp.promise]));
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the connection for good. May be called again. */
  async close(): Promise<void> {
    this.#connected = false;
    // When the connection ends before the broker has answered, amqplib's promise stays open for ever.
    await Promise.race([this.#model.close(), this.#gone]);
  }
}

/** A channel's error is followed by its close, where its owner deals with it; unheard it would end the process. */
function withErrorsHeard(channel: ConfirmChannel): ConfirmChannel {
  return channel.on('error', () => {});
}

function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', String(heartbeatSeconds));
  return parsed.href;
}
