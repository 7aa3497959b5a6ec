import type { EventEmitter } from 'node:events';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { ServerRMQ, type RmqContext, type TransportId } from '@nestjs/microservices';
import { commandQueue } from '#contracts';
import type { Logger } from '#observability';

/** Handlers of commands name it: NestJS would bind them to what comes from the configuration exchange as well. */
export const commandTransport = Symbol('commands');

const consumerTag = 'commands';
/** Between the loss of the channel alone and the next try: what took it may take the next one too. */
const reopenDelayMs = 1_000;
/** How long a stop waits for the answers to what was begun. */
const lastAnswersMs = 5_000;

/** What is used of amqplib's channel, which NestJS does not describe. */
interface CommandChannel extends EventEmitter {
  cancel(consumerTag: string): Promise<unknown>;
  sendToQueue(queue: string, content: Buffer, options: { correlationId: string }): boolean;
}

/**
 * NestJS' server for RabbitMQ on the queue of commands, of which each goes to any one executor. Commands are taken without
 * acknowledgement: one whose executor dies is not carried out by another, since whoever asked has been told by then that there
 * was no answer.
 *
 * Beyond NestJS' own it comes back when the broker takes the channel or the subscription alone, survives messages that
 * have no place for their answer, and answers what was begun before it closes.
 */
export class CommandServer extends ServerRMQ {
  override transportId: TransportId = commandTransport;
  readonly #log: Logger;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #listening: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  /** The channel that commands arrive by. */
  #open: CommandChannel | undefined;

  constructor(amqpUrl: string, logger: Logger) {
    super({
      urls: [amqpUrl],
      queue: commandQueue,
      // A plain queue, as the registry declares it too: of two declarations that differ the second would be refused.
      queueOptions: { durable: true },
      noAck: true,
      consumerTag,
      socketOptions: {
        reconnectTimeInSeconds: 1,
        heartbeatIntervalInSeconds: 10,
        connectionOptions: { clientProperties: { connection_name: 'provisor commands' }, noDelay: true },
      },
    });
    this.#log = logger;
    this.on('connect', () => this.#hearErrors());
  }

  /** Takes commands as soon as the broker lets it; does not wait for that. Does nothing after {@link close}. */
  override async listen(callback: () => void): Promise<void> {
    if (!this.#closing.signal.aborted) {
      this.#listening ??= super.listen(() => this.#log.info('ready to take commands'));
    }
    await this.#listening;
    callback();
  }

  /** Takes no more commands, answers those that it has, and closes. May be called again. */
  override close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  override async setupChannel(channel: CommandChannel, callback: () => void): Promise<void> {
    channel.on('error', (error: Error) => this.#log.warn({ err: error }, 'the channel of commands was lost'));
    channel.once('close', () => void this.#reopen(channel));
    this.#open = channel;
    await super.setupChannel(channel, callback);
  }

  override async handleMessage(message: Record<string, unknown> | null, channel: CommandChannel): Promise<void> {
    // The broker has cancelled the subscription, for example since somebody has deleted the queue.
    if (!message) return this.#reopen(channel);
    const work = super.handleMessage(message, channel);
    const settled = work.catch(() => undefined).finally(() => this.#underWay.delete(settled));
    this.#underWay.add(settled);
    return work;
  }

  /** On the channel of the question or not at all: who asked would not get it by another. */
  override sendMessage(answer: unknown, replyTo: unknown, correlationId: string, context: RmqContext): void {
    if (typeof replyTo !== 'string') return;
    const channel = context.getChannelRef() as CommandChannel;
    channel.sendToQueue(replyTo, Buffer.from(JSON.stringify(answer)), { correlationId });
  }

  /** What is refused, or lost while it is being opened, comes back by itself; unheard it would end the process. */
  #hearErrors(): void {
    (this.channel as EventEmitter).removeAllListeners('error').on('error', (error: Error) => {
      if (!this.#closing.signal.aborted) this.#log.warn({ err: error }, 'commands cannot be taken');
    });
  }

  /** A channel that is lost alone stays lost: only a new connection brings another. */
  async #reopen(channel: CommandChannel): Promise<void> {
    if (this.#open !== channel) return;
    this.#open = undefined;
    await delay(reopenDelayMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    // If the connection was lost with it, a new one may have come by now.
    if (this.#canTake() || this.#closing.signal.aborted) return;
    this.unwrap<{ reconnect(): void }>().reconnect();
  }

  #canTake(): boolean {
    return this.#open !== undefined;
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    await this.#listening;
    await Promise.race([this.#drain(), delay(lastAnswersMs, undefined, { ref: false })]);
    // What is closed already, or cannot be closed while the broker is away, must not keep the executor from stopping.
    const closed = super.close().catch(() => undefined);
    await Promise.race([closed, delay(lastAnswersMs, undefined, { ref: false })]);
  }

  async #drain(): Promise<void> {
    // On a channel that is lost there is nothing to cancel.
    await this.#open?.cancel(consumerTag).catch(() => undefined);
    await Promise.all(this.#underWay);
    // NestJS sends an answer in the turn of the event loop after the work.
    await setImmediate();
  }
}
