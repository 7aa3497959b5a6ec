import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { v7 as uuidv7 } from 'uuid';
import { billingExchange } from '#contracts';

export interface BillingMessage {
  type: string;
  objectId?: number | string;
  id?: string;
  data?: object;
  /** Header `partition-key`; null leaves it out. */
  key?: string | null;
}

/** The billing system, as far as Provisor sees it: a publisher with confirms. */
export class Billing {
  readonly #connection: ChannelModel;
  readonly #channel: ConfirmChannel;
  readonly #returned = new Set<string>();
  #published = 0;

  static async connect(amqpUrl: string): Promise<Billing> {
    const connection = await connect(amqpUrl);
    return new Billing(connection, await connection.createConfirmChannel());
  }

  private constructor(connection: ChannelModel, channel: ConfirmChannel) {
    this.#connection = connection;
    this.#channel = channel;
    // What a lost connection means, the publishes that it fails say.
    connection.on('error', () => undefined);
    channel.on('error', () => undefined);
    // The broker returns what no queue takes before it confirms it.
    channel.on('return', ({ properties }) => this.#returned.add(properties.correlationId as string));
  }

  /** Publishes an event and resolves with its id when the broker has confirmed it. */
  async publish({
    type,
    objectId = 12,
    id = uuidv7(),
    data = { id: objectId },
    key = String(objectId),
  }: BillingMessage): Promise<string> {
    const body = { event: { id, dt: new Date().toISOString(), events_id: type, object_id: objectId }, data };
    const headers = key === null ? {} : { 'partition-key': key };
    await this.publishRaw(type, Buffer.from(JSON.stringify(body)), { headers, contentType: 'application/json' });
    return id;
  }

  /** Publishes anything at all, and fails when no queue takes it. */
  async publishRaw(
    routingKey: string,
    content: Buffer,
    options: object = {},
    exchange: string = billingExchange,
  ): Promise<void> {
    const correlationId = String(this.#published++);
    const properties = { persistent: true, mandatory: true, correlationId, ...options };
    await new Promise<void>((resolve, reject) => {
      this.#channel.publish(exchange, routingKey, content, properties, (error: Error | null) => {
        if (error) reject(error);
        else if (this.#returned.delete(correlationId)) reject(new Error(`no queue takes ${routingKey}`));
        else resolve();
      });
    });
  }

  /**
   * Is delivered a message that was not delivered before, and ends without an answer to it, as an executor that dies.
   */
  async takeAndLose(queue: string): Promise<void> {
    const channel = await this.#connection.createChannel();
    const taken = Promise.withResolvers<undefined>();
    await channel.consume(queue, (message) => {
      if (message && !message.fields.redelivered) taken.resolve(undefined);
      else taken.reject(new Error('it was delivered before'));
    });
    await taken.promise;
    await channel.close();
  }

  async deleteQueue(queue: string): Promise<void> {
    await this.#channel.deleteQueue(queue);
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
