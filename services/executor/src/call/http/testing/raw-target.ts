import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** One connection that a target has taken. */
export interface TakenConnection {
  readonly socket: Socket;
  /** From 1. */
  readonly number: number;
  /** Requests that have come over it. */
  requests: number;
}

/** What a target does with a request that is complete, or with bytes of one that is not. */
export interface RawBehaviour {
  /** Undefined: nothing. */
  onRequest?: (connection: TakenConnection) => void;
  onConnection?: (connection: TakenConnection) => void;
  /** Receives each piece of data first. True: the piece is handled. */
  onBytes?: (connection: TakenConnection) => boolean;
}

/** A target made of a socket: it sends the bytes that a test tells it to. */
export class RawTarget {
  readonly connections: TakenConnection[] = [];
  /** Heads of the requests that were complete, in the order in which they came. */
  readonly heads: string[] = [];
  behaviour: RawBehaviour;
  readonly #server: Server;
  readonly #protocol: 'http' | 'https';

  static async listen(behaviour: RawBehaviour, tls?: TlsOptions): Promise<RawTarget> {
    const target = new RawTarget(behaviour, tls);
    await new Promise<void>((resolve) => target.#server.listen(0, '127.0.0.1', resolve));
    return target;
  }

  private constructor(behaviour: RawBehaviour, tls?: TlsOptions) {
    this.behaviour = behaviour;
    this.#protocol = tls ? 'https' : 'http';
    const take = (socket: Socket): void => this.#take(socket);
    this.#server = tls ? createTlsServer(tls, take) : createServer({ noDelay: true }, take);
    this.#server.on('tlsClientError', () => {});
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  url(host = '127.0.0.1'): string {
    return `${this.#protocol}://${host}:${String(this.port)}/`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const { socket } of this.connections) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    const connection: TakenConnection = { socket, number: this.connections.length + 1, requests: 0 };
    this.connections.push(connection);
    socket.on('error', () => {});
    this.behaviour.onConnection?.(connection);
    let received = Buffer.alloc(0);
    socket.on('data', (piece) => {
      if (this.behaviour.onBytes?.(connection)) return;
      received = Buffer.concat([received, piece]);
      for (let length = lengthOf(received); length <= received.length; length = lengthOf(received)) {
        this.heads.push(received.toString('latin1', 0, received.indexOf('\r\n\r\n')));
        received = received.subarray(length);
        connection.requests += 1;
        this.behaviour.onRequest?.(connection);
      }
    });
  }
}

/** Of the first request, with its body; Infinity while its head is not complete. */
function lengthOf(received: Buffer): number {
  const end = received.indexOf('\r\n\r\n');
  if (end === -1) return Number.POSITIVE_INFINITY;
  const [, length = '0'] = /content-length: (\d+)/i.exec(received.toString('latin1', 0, end)) ?? [];
  return end + 4 + Number(length);
}

/** A complete answer. */
export function answer(body = 'ok', { status = '200 OK', headers = '' } = {}): string {
  return `HTTP/1.1 ${status}\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n${headers}\r\n${body}`;
}
