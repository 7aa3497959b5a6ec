import { once } from 'node:events';
import net from 'node:net';

/** What goes to the server, what comes from it, or both. */
export type Direction = 'to server' | 'from server' | 'both';

/** One connection through the proxy. */
export class ProxiedConnection {
  readonly #client: net.Socket;
  readonly #server: net.Socket | undefined;
  #toServer = true;
  #fromServer = true;

  /** @param server Where it leads; undefined: nowhere. */
  constructor(client: net.Socket, server: net.Socket | undefined) {
    this.#client = client;
    this.#server = server;
    for (const socket of [client, server]) socket?.on('error', () => {});
    this.#lead(client, server, () => this.#toServer);
    if (server) this.#lead(server, client, () => this.#fromServer);
  }

  get isFrozen(): boolean {
    return !this.#toServer || !this.#fromServer;
  }

  /** Whether the client has given it up, by resetting it or by ending its own side. */
  get isAbandoned(): boolean {
    return this.#client.destroyed || this.#client.readableEnded;
  }

  /**
   * From now on what is sent that way is lost, and so is the news that one side has ended. Both sides stay connected.
   */
  freeze(direction: Direction = 'both'): void {
    if (direction !== 'from server') this.#toServer = false;
    if (direction !== 'to server') this.#fromServer = false;
  }

  destroy(): void {
    this.#client.destroy();
    this.#server?.destroy();
  }

  #lead(from: net.Socket, to: net.Socket | undefined, passes: () => boolean): void {
    from.on('data', (data) => {
      if (passes() && to?.writable && !to.write(data)) from.pause();
    });
    // Also if the receiving side is gone: the end of this side must arrive.
    for (const event of ['drain', 'close']) to?.on(event, () => from.resume());
    from.on('end', () => {
      if (passes()) to?.end();
    });
    from.on('close', (hadError) => {
      if (passes() && hadError) to?.resetAndDestroy();
    });
  }
}

/**
 * A TCP proxy that behaves like a firewall, a load balancer or a lost host: connections go silent, without FIN or RST.
 * Lost data stays lost; a connection that was frozen does not recover.
 */
export class FreezingProxy {
  readonly #server: net.Server;
  readonly #connections = new Set<ProxiedConnection>();
  #hangsNewOnes = false;

  /** @param target Whose host and port it leads to. */
  static async before(target: string, usualPort: number): Promise<FreezingProxy> {
    const { hostname, port } = new URL(target);
    const proxy = new FreezingProxy(hostname, Number(port || usualPort));
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  private constructor(host: string, port: number) {
    this.#server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      const server = this.#hangsNewOnes ? undefined : net.connect({ host, port, allowHalfOpen: true, noDelay: true });
      const connection = new ProxiedConnection(client, server);
      if (!server) connection.freeze();
      this.#connections.add(connection);
      client.on('close', () => {
        if (!connection.isFrozen) this.#connections.delete(connection);
      });
    });
  }

  /** The existing connections, the oldest first, including frozen ones whose client has gone. */
  get connections(): readonly ProxiedConnection[] {
    return [...this.#connections];
  }

  /** The same URL, through the proxy. */
  url(target: string): string {
    const url = new URL(target);
    const { port } = this.#server.address() as net.AddressInfo;
    url.hostname = '127.0.0.1';
    url.port = String(port);
    return url.href;
  }

  /**
   * Freezes all current connections.
   *
   * @param newOnes What happens to new ones, until {@link thaw}.
   */
  freeze(newOnes: 'work' | 'hang', direction: Direction = 'both'): void {
    this.#hangsNewOnes = newOnes === 'hang';
    for (const connection of this.#connections) connection.freeze(direction);
  }

  /** New connections work again. What was frozen is reset. */
  thaw(): void {
    this.#hangsNewOnes = false;
    for (const connection of this.#connections) {
      if (!connection.isFrozen) continue;
      connection.destroy();
      this.#connections.delete(connection);
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const connection of this.#connections) connection.destroy();
    await closed;
  }
}
