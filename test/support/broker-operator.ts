import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';

/** Another user of the broker, who may change what is in it. */
export class BrokerOperator {
  readonly channel: ConfirmChannel;
  readonly #connection: ChannelModel;

  static async connect(amqpUrl: string): Promise<BrokerOperator> {
    const connection = await connect(amqpUrl);
    return new BrokerOperator(connection, await connection.createConfirmChannel());
  }

  private constructor(connection: ChannelModel, channel: ConfirmChannel) {
    this.#connection = connection;
    this.channel = channel;
    // What it means, the call says that it fails; unheard it would break the connection.
    channel.on('error', () => undefined);
  }

  /** How many consume a queue; undefined while there is no such queue. */
  async consumers(queue: string): Promise<number | undefined> {
    const channel = await this.#connection.createConfirmChannel();
    channel.on('error', () => undefined);
    try {
      const { consumerCount } = await channel.checkQueue(queue);
      await channel.close();
      return consumerCount;
    } catch {
      // The broker has answered that there is none, and closed the channel.
      return undefined;
    }
  }

  /** Whether a queue takes what is published to an exchange; false as well while there is no such exchange. */
  async takes(exchange: string, routingKey: string, content: Buffer): Promise<boolean> {
    const channel = await this.#connection.createConfirmChannel();
    let isTaken = true;
    // The broker closes the channel when there is no exchange.
    channel.on('error', () => (isTaken = false));
    channel.on('return', () => (isTaken = false));
    channel.publish(exchange, routingKey, content, { mandatory: true });
    const confirmed = await channel.waitForConfirms().then(
      () => true,
      () => false,
    );
    if (confirmed) await channel.close();
    return confirmed && isTaken;
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
