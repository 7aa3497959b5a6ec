import { once } from 'node:events';
import { connect, type ChannelModel, type ConfirmChannel, type GetMessage } from 'amqplib';
import { eventually } from '../../../test/support/eventually.ts';
import { forceClose } from '../../../test/support/management.ts';
import { createSandbox, type Sandbox } from '../../../tools/test/sandbox.ts';
import { BrokerConnection } from '../connection.ts';

/** A broker of one's own, and a client beside the one under test that looks into its queues. */
export class BrokerBench {
  readonly sandbox: Sandbox;
  readonly #client: ChannelModel;
  readonly #channel: ConfirmChannel;
  readonly #connections: BrokerConnection[] = [];

  static async open(): Promise<BrokerBench> {
    const sandbox = await createSandbox();
    const client = await connect(sandbox.amqpUrl);
    return new BrokerBench(sandbox, client, await client.createConfirmChannel());
  }

  private constructor(sandbox: Sandbox, client: ChannelModel, channel: ConfirmChannel) {
    this.sandbox = sandbox;
    this.#client = client;
    this.#channel = channel;
  }

  /** Opens a connection that is closed with the bench, and waits until it is there. */
  async connect(name: string, url = this.sandbox.amqpUrl): Promise<BrokerConnection> {
    const connection = BrokerConnection.open(url, name);
    this.#connections.push(connection);
    await once(connection, 'connected');
    return connection;
  }

  /** Ends a connection from the broker's side, and waits until its owner knows. */
  async forceClose(connection: BrokerConnection, name: string): Promise<void> {
    const lost = once(connection, 'lost');
    await forceClose(this.sandbox.managementUrl!, name);
    await lost;
  }

  /** Makes a quorum queue, or finds it. */
  async makeQueue(queue: string): Promise<void> {
    await this.#channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  }

  async deleteQueue(queue: string): Promise<void> {
    await this.#channel.deleteQueue(queue);
  }

  /** Puts messages into a queue, one after another. */
  async send(queue: string, ...texts: string[]): Promise<void> {
    for (const text of texts) this.#channel.sendToQueue(queue, Buffer.from(text), { persistent: true });
    await this.#channel.waitForConfirms();
  }

  /** Takes a number of messages out of a queue, and waits for those that are not there yet. */
  async take(queue: string, count: number): Promise<GetMessage[]> {
    const taken: GetMessage[] = [];
    while (taken.length < count) {
      const message = await eventually(async () => (await this.#channel.get(queue, { noAck: true })) || undefined);
      taken.push(message);
    }
    return taken;
  }

  /** Messages that no consumer has received. */
  async ready(queue: string): Promise<number> {
    return (await this.#channel.checkQueue(queue)).messageCount;
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()));
    await this.#client.close();
    await this.sandbox.dispose();
  }
}
