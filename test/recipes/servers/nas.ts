import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** RFC 5176. */
const codes = { disconnectRequest: 40, disconnectAck: 41, disconnectNak: 42 } as const;
const attributes = { userName: 1, acctSessionId: 44, errorCause: 101 } as const;
const headerLength = 20;
/** Error-Cause: the NAS has no such session. */
export const sessionContextNotFound = 503;

/** A Disconnect-Request that a NAS has got, with the right secret. */
export interface DisconnectRequest {
  readonly userName: string;
  readonly sessionId: string;
}

/**
 * What a NAS is, as far as those who end its sessions can tell: it answers Disconnect-Requests (RFC 5176) over UDP. A
 * request with another secret gets no answer, as the RFC says.
 */
export class Nas {
  readonly secret: string;
  /** Running sessions by id. */
  readonly sessions = new Map<string, string>();
  readonly requests: DisconnectRequest[] = [];
  /** Answers this Error-Cause in place of ending a session. */
  refusal: number | undefined;
  /** Says nothing, as one that is switched off. */
  isSilent = false;
  readonly #socket: Socket;

  static async start(secret: string): Promise<Nas> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Nas(socket, secret);
  }

  private constructor(socket: Socket, secret: string) {
    this.#socket = socket;
    this.secret = secret;
    socket.on('message', (packet, { port, address }) => {
      const answer = this.isSilent ? undefined : this.#answer(packet);
      if (answer) socket.send(answer, port, address);
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  async close(): Promise<void> {
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  #answer(packet: Buffer): Buffer | undefined {
    if (packet.length < headerLength || packet[0] !== codes.disconnectRequest) return undefined;
    const request = packet.subarray(0, packet.readUInt16BE(2));
    if (!request.subarray(4, headerLength).equals(this.#authenticator(request, Buffer.alloc(16)))) return undefined;
    const values = attributesOf(request);
    const sessionId = values.get(attributes.acctSessionId)?.toString() ?? '';
    this.requests.push({ userName: values.get(attributes.userName)?.toString() ?? '', sessionId });
    if (this.refusal !== undefined) return this.#reply(request, codes.disconnectNak, errorCause(this.refusal));
    if (this.sessions.delete(sessionId)) return this.#reply(request, codes.disconnectAck, Buffer.alloc(0));
    return this.#reply(request, codes.disconnectNak, errorCause(sessionContextNotFound));
  }

  #reply(request: Buffer, code: number, body: Buffer): Buffer {
    const reply = Buffer.concat([Buffer.from([code, request[1]!, 0, 0]), Buffer.alloc(16), body]);
    reply.writeUInt16BE(reply.length, 2);
    this.#authenticator(reply, request.subarray(4, headerLength)).copy(reply, 4);
    return reply;
  }

  /** RFC 5176, 2.3: of the packet with another authenticator in its place, and the secret. */
  #authenticator(packet: Buffer, inItsPlace: Buffer): Buffer {
    const parts = [packet.subarray(0, 4), inItsPlace, packet.subarray(headerLength), Buffer.from(this.secret)];
    return createHash('md5').update(Buffer.concat(parts)).digest();
  }
}

function attributesOf(packet: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = headerLength; at + 2 <= packet.length;) {
    const length = packet[at + 1]!;
    if (length < 2 || at + length > packet.length) break;
    found.set(packet[at]!, packet.subarray(at + 2, at + length));
    at += length;
  }
  return found;
}

function errorCause(value: number): Buffer {
  const attribute = Buffer.from([attributes.errorCause, 6, 0, 0, 0, 0]);
  attribute.writeUInt32BE(value, 2);
  return attribute;
}
