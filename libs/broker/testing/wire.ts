import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire to the broker that can be held up and cut, as networks are. */
export class Wire {
  readonly #server: Server;
  readonly #pairs = new Set<{ client: Socket; broker: Socket }>();
  readonly #target: URL;

  static async to(amqpUrl: string): Promise<Wire> {
    const wire = new Wire(new URL(amqpUrl));
    await new Promise<void>((resolve) => wire.#server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer((client) => this.#join(client));
  }

  /** The broker's URL, by way of this wire. */
  get url(): string {
    const url = new URL(this.#target);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** From now on, nothing that the broker sends arrives; what is sent to the broker does. */
  holdAnswers(): void {
    for (const { client, broker } of this.#pairs) broker.unpipe(client);
  }

  /** Ends the connections that there are; new ones can be made. */
  cut(): void {
    for (const { client, broker } of this.#pairs) {
      // A side that is shutting down already cannot be reset: libuv refuses, and the socket would stay.
      if (client.writableEnded) client.destroy();
      else client.resetAndDestroy();
      broker.destroy();
    }
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    await closed;
  }

  #join(client: Socket): void {
    const broker = connect(Number(this.#target.port || 5672), this.#target.hostname);
    const pair = { client, broker };
    this.#pairs.add(pair);
    for (const socket of [client, broker]) {
      // What breaks one side ends the other, which is all that a wire has to say about it.
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.#pairs.delete(pair);
        client.destroy();
        broker.destroy();
      });
    }
    client.pipe(broker).pipe(client);
  }
}
