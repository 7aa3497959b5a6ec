import { connect, type Channel, type ChannelModel, type Options } from 'amqplib';
import { v4 as uuidv4 } from 'uuid';
import { commandQueue } from '#contracts';
import { eventually } from './eventually.ts';

/** What is answered to a request, by NestJS' protocol. */
export interface Answer {
  response?: unknown;
  err?: { code?: string; message?: string } | string;
}

/** Asks as the registry does, and also as it would not. */
export class Requester {
  readonly #connection: ChannelModel;
  readonly #channel: Channel;
  readonly #waiting = new Map<string, (answer: Answer) => void>();

  static async connect(amqpUrl: string): Promise<Requester> {
    const connection = await connect(amqpUrl);
    const requester = new Requester(connection, await connection.createChannel());
    await requester.#listen();
    return requester;
  }

  private constructor(connection: ChannelModel, channel: Channel) {
    this.#connection = connection;
    this.#channel = channel;
  }

  /**
   * Sends a command and resolves with the answer.
   *
   * @param exchange Instead of the queue of commands.
   */
  ask(pattern: string, data: unknown, exchange?: string): Promise<Answer> {
    const id = uuidv4();
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    const options = { replyTo: 'amq.rabbitmq.reply-to', correlationId: id };
    const content = JSON.stringify({ pattern, data, id });
    if (exchange === undefined) this.send(content, options);
    else this.#channel.publish(exchange, '', Buffer.from(content), options);
    return answered;
  }

  /** Sends what has no answer. */
  tell(pattern: string, data: unknown): void {
    this.send(JSON.stringify({ pattern, data }));
  }

  /** Sends anything at all. */
  send(content: string, options: Options.Publish = {}): void {
    this.#channel.sendToQueue(commandQueue, Buffer.from(content), options);
  }

  async deleteQueue(): Promise<void> {
    await this.#channel.deleteQueue(commandQueue);
  }

  /** Makes a queue of that name that is not as it should be. */
  async makeOtherQueue(): Promise<void> {
    await this.#channel.assertQueue(commandQueue, { durable: true, arguments: { 'x-max-length': 1 } });
  }

  /** Resolves when the queue has this number of commands and consumers; creates the queue if it does not exist. */
  async seen(expected: { waiting: number; takers: number }): Promise<void> {
    await eventually(async () => {
      const { messageCount, consumerCount } = await this.#assertQueue();
      return messageCount === expected.waiting && consumerCount === expected.takers ? true : undefined;
    });
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  #assertQueue(): Promise<{ messageCount: number; consumerCount: number }> {
    return this.#channel.assertQueue(commandQueue, { durable: true });
  }

  async #listen(): Promise<void> {
    await this.#assertQueue();
    const onAnswer = (message: { content: Buffer; properties: { correlationId: unknown } } | null) => {
      const id = message?.properties.correlationId as string;
      this.#waiting.get(id)?.(JSON.parse(message!.content.toString()) as Answer);
      this.#waiting.delete(id);
    };
    await this.#channel.consume('amq.rabbitmq.reply-to', onAnswer, { noAck: true });
  }
}
