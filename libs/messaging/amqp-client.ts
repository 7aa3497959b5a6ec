import { randomUUID } from 'node:crypto';
import { ClientProxy, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import { BrokerConnection, Messenger, type BrokerAddress, type Destination, type Message } from '#broker';
import { AmqpRecord } from './amqp-record.ts';
import { encode, mostBodyBytes, readAnswer } from './packets.ts';

/** Longer than this and a message counts as lost, milliseconds. */
const usualTimeoutMs = 5_000;

export interface AmqpClientOptions {
  /** Of the connection, as the broker shows it. */
  readonly name: string;
  readonly broker: string | BrokerAddress;
  readonly destination: Destination;
}

/**
 * NestJS' client over our own connection to RabbitMQ. It connects when it is first used.
 *
 * `send` fails with `BrokerError` (`disconnected`, `timeout`, `topology`) when there is no answer, and with
 * `AnswerFault` when the answer is an error. `emit` fails with `BrokerError` when the broker has not confirmed the
 * message.
 */
export class AmqpClient extends ClientProxy {
  readonly #options: AmqpClientOptions;
  #opened: { readonly connection: BrokerConnection; readonly messenger: Messenger } | undefined;

  constructor(options: AmqpClientOptions) {
    super();
    this.#options = options;
  }

  /** Does not wait for the broker: messages do, within their time. */
  override connect(): Promise<void> {
    if (!this.#opened) {
      const { name, broker, destination } = this.#options;
      const connection = BrokerConnection.open(broker, name, { mostBodyBytes });
      this.#opened = { connection, messenger: new Messenger(connection, destination) };
    }
    return Promise.resolve();
  }

  /** What is still to be confirmed or answered fails. */
  override async close(): Promise<void> {
    await this.#opened?.messenger.close();
    await this.#opened?.connection.close();
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- NestJS wants it
  override unwrap<T>(): T {
    return this.#opened?.connection as unknown as T;
  }

  /** Has nothing to cancel: a question ends by its answer or its time limit. */
  protected override publish(packet: ReadPacket, callback: (answer: WritePacket) => void): () => void {
    const id = randomUUID();
    const { message, timeoutMs } = toMessage(packet, id);
    this.#messenger.ask(message, id, timeoutMs).then(
      (content) => callback({ ...readAnswer(content), isDisposed: true }),
      (err: unknown) => callback({ err }),
    );
    return () => undefined;
  }

  protected override async dispatchEvent<T>(packet: ReadPacket): Promise<T> {
    const { message, timeoutMs } = toMessage(packet);
    await this.#messenger.send(message, timeoutMs);
    return undefined as T;
  }

  get #messenger(): Messenger {
    if (!this.#opened) throw new Error('NestJS connects before it sends');
    return this.#opened.messenger;
  }
}

/** @param id Makes a question of it. */
function toMessage(packet: ReadPacket, id?: string): { message: Message; timeoutMs: number } {
  const { pattern, data } = packet as { pattern: unknown; data: unknown };
  const record = data instanceof AmqpRecord ? data : new AmqpRecord(data as object, {});
  const { timeoutMs = usualTimeoutMs, keptMs } = record.options;
  const content = encode({ pattern, data: record.data, id });
  return { timeoutMs, message: { content, subject: String(pattern), keptMs } };
}
