import { BaseRpcContext, Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import {
  BrokerConnection,
  Listener,
  reportConnection,
  type BrokerAddress,
  type Heard,
  type Destination,
} from '#broker';
import type { Logger } from '#observability';
import { encode, mostBodyBytes, readPacket, type Answer } from './packets.ts';

/** How long messages that were begun are waited for when the server closes, milliseconds. */
const lastWordsMs = 3_000;
/** As NestJS' own servers answer. */
const noHandler = { err: 'There is no matching message handler defined in the remote service.', status: 'error' };

export interface AmqpServerOptions {
  /** For people: what arrives here. The connection has it in its name. */
  readonly name: string;
  /** Handlers name it that are meant for this server: NestJS binds all others to every server of an application. */
  readonly transportId: symbol;
  readonly broker: string | BrokerAddress;
  readonly destination: Destination;
}

/**
 * NestJS' server over our own RabbitMQ connection: calls the handlers of messages, and answers requests. It consumes
 * messages without acknowledgement, and reconnects.
 */
export class AmqpServer extends Server implements CustomTransportStrategy {
  override readonly transportId: symbol;
  readonly #options: AmqpServerOptions;
  readonly #log: Logger;
  #opened: { readonly connection: BrokerConnection; readonly listener: Listener } | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: AmqpServerOptions, logger: Logger) {
    super();
    this.transportId = options.transportId;
    this.#options = options;
    this.#log = logger;
  }

  /** Takes messages as soon as the broker lets it; does not wait for that. Does nothing after {@link close}. */
  override listen(callback: () => void): void {
    if (!this.#closed) this.#opened ??= this.#open();
    callback();
  }

  /**
   * Takes no more messages, finishes with those that it has, and closes; does not wait for the broker for long. May be
   * called again.
   */
  override close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** The status tells what there is to hear: `connected` when messages can arrive, `disconnected` when they cannot. */
  override on(): never {
    throw new Error('subscribe to the status instead');
  }

  /** amqplib's channel that messages arrive by, while there is one. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- NestJS wants it
  override unwrap<T>(): T {
    return this.#opened?.listener.channel as T;
  }

  #open(): { connection: BrokerConnection; listener: Listener } {
    const { name, broker, destination } = this.#options;
    const connection = BrokerConnection.open(broker, `provisor ${name}`, { mostBodyBytes });
    reportConnection(connection, this.#log, name);
    const listener = new Listener(connection, {
      destination,
      onMessage: (message) => this.#take(message),
      onListening: () => {
        this.#log.info({ what: name }, 'receiving messages');
        this._status$.next('connected');
      },
      onLost: () => this._status$.next('disconnected'),
      onFailure: (error) => this.#log.warn({ err: error, what: name }, 'failed to receive messages; retrying'),
    });
    listener.start();
    return { connection, listener };
  }

  async #close(): Promise<void> {
    await this.#opened?.listener.stop(AbortSignal.timeout(lastWordsMs));
    await this.#opened?.connection.close();
  }

  async #take(message: Heard): Promise<void> {
    const packet = readPacket(message.content);
    // Handlers have texts as patterns.
    const pattern = typeof packet.pattern === 'string' ? packet.pattern : '';
    const context = new BaseRpcContext([message]);
    if (packet.id === undefined) return this.handleEvent(pattern, packet, context) as Promise<void>;
    const handler = this.getHandlerByPattern(pattern);
    if (!handler) message.reply(encode({ id: packet.id, ...noHandler }));
    else message.reply(encode({ ...(await this.#answer(handler, packet.data, context)), isDisposed: true }));
  }

  /** Each question has one answer. */
  async #answer(handler: MessageHandler, data: unknown, context: BaseRpcContext): Promise<Answer> {
    try {
      const answers = this.transformToObservable(await handler(data, context));
      return { response: await lastValueFrom(answers, { defaultValue: undefined }) };
    } catch (error) {
      return { err: error };
    }
  }
}
