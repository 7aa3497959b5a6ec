import type { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerRMQ, type RmqOptions } from '@nestjs/microservices';
import { manageConnection, spread, toAddress, type BrokerAddress } from '#broker';
import type { Logger } from '#observability';

/** Between the loss of the channel alone and the next try: what took it may take the next one too. */
const reopenDelayMs = 1_000;
/** How long closing may take, when the broker does not answer. */
const lastWordsMs = 5_000;

/** What is used of amqplib's channel, which NestJS does not describe. */
export interface ServerChannel extends EventEmitter {
  cancel(consumerTag: string): Promise<unknown>;
  sendToQueue(queue: string, content: Buffer, options: { correlationId: string }): boolean;
}

export interface LastingServerOptions extends NonNullable<RmqOptions['options']> {
  /** For people: what arrives here, and the connection's name in the broker's list. */
  what: string;
  broker: string | BrokerAddress;
}

/**
 * NestJS' server for RabbitMQ, that lasts: beyond NestJS' own it comes back when the broker takes the channel or the
 * subscription alone, and hears errors that unheard would end the process.
 */
export class LastingServer extends ServerRMQ {
  protected readonly log: Logger;
  protected readonly closing = new AbortController();
  /** The channel that messages arrive by. */
  protected open: ServerChannel | undefined;
  readonly #what: string;
  readonly #broker: BrokerAddress;
  #listening: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor({ what, broker, ...options }: LastingServerOptions, logger: Logger) {
    super(options);
    this.#what = what;
    this.#broker = spread(toAddress(broker));
    this.log = logger;
    this.on('connect', () => this.#hearErrors());
  }

  /** Ours, which NestJS' own cannot do: reads password and certificates again for every connection. */
  override createClient<T>(): Promise<T> {
    return Promise.resolve(manageConnection(this.#broker, `provisor ${this.#what}`) as T);
  }

  /** Takes messages as soon as the broker lets it; does not wait for that. Does nothing after {@link close}. */
  override async listen(callback: () => void): Promise<void> {
    if (!this.closing.signal.aborted) {
      this.#listening ??= super.listen(() => this.log.info({ what: this.#what }, 'ready to take messages'));
    }
    await this.#listening;
    callback();
  }

  /** Takes no more messages, finishes with those that it has, and closes. May be called again. */
  override close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  override async setupChannel(channel: ServerChannel, callback: () => void): Promise<void> {
    channel.on('error', (error: Error) => this.#warn(error, 'the channel of messages was lost'));
    channel.once('close', () => void this.#reopen(channel));
    this.open = channel;
    await super.setupChannel(channel, callback);
  }

  override async handleMessage(message: Record<string, unknown> | null, channel: ServerChannel): Promise<void> {
    // The broker has cancelled the subscription, for example since somebody has deleted the queue.
    if (!message) return this.#reopen(channel);
    return super.handleMessage(message, channel);
  }

  /** To be overridden: finishes with what it has, before it closes. */
  protected drain(): Promise<void> {
    return Promise.resolve();
  }

  /** What is refused, or lost while it is being opened, comes back by itself; unheard it would end the process. */
  #hearErrors(): void {
    (this.channel as EventEmitter).removeAllListeners('error').on('error', (error: Error) => {
      this.#warn(error, 'messages cannot be taken');
    });
  }

  /** A channel that is lost alone stays lost: only a new connection brings another. */
  async #reopen(channel: ServerChannel): Promise<void> {
    if (this.open !== channel) return;
    this.open = undefined;
    await delay(reopenDelayMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
    // If the connection was lost with it, a new one may have come by now.
    if (this.#canTake() || this.closing.signal.aborted) return;
    this.unwrap<{ reconnect(): void }>().reconnect();
  }

  #canTake(): boolean {
    return this.open !== undefined;
  }

  async #close(): Promise<void> {
    this.closing.abort();
    // What is closed already, or cannot be closed while the broker is away, must not keep the executor from stopping.
    const whenOver = () => delay(lastWordsMs, undefined, { ref: false });
    await Promise.race([this.drain(), whenOver()]);
    await Promise.race([super.close().catch(() => undefined), whenOver()]);
  }

  #warn(error: Error, message: string): void {
    if (!this.closing.signal.aborted) this.log.warn({ err: error, what: this.#what }, message);
  }
}
