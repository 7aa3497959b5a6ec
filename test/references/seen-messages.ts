import { connect, type ChannelModel } from 'amqplib';
import { eventually } from '../support/eventually.ts';

export interface SeenOnBroker {
  routingKey: string;
  contentType: string | undefined;
  headers: object;
  payload: unknown;
}

/** A listener at an exchange: everything that goes through it, in order. */
export class SeenMessages {
  readonly #connection: ChannelModel;
  readonly #seen: SeenOnBroker[] = [];

  static async at(amqpUrl: string, exchange: string): Promise<SeenMessages> {
    const messages = new SeenMessages(await connect(amqpUrl));
    const channel = await messages.#connection.createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, exchange, '#');
    await channel.consume(
      queue,
      (message) => {
        const { fields, properties, content } = message!;
        messages.#seen.push({
          routingKey: fields.routingKey,
          contentType: properties.contentType as string | undefined,
          headers: properties.headers ?? {},
          payload: JSON.parse(content.toString()),
        });
      },
      { noAck: true },
    );
    return messages;
  }

  private constructor(connection: ChannelModel) {
    this.#connection = connection;
  }

  /** The first that is as wanted, also when it is yet to come. */
  find(wanted: (message: SeenOnBroker) => boolean): Promise<SeenOnBroker> {
    return eventually(() => this.#seen.find(wanted));
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
