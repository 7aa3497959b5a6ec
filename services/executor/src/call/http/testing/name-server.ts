import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, isIPv6, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Question {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'other';
}

/**
 * What a name server says: addresses of one family, with the name that the question's name stands for, or how it fails.
 */
export type Zone =
  | { readonly addresses: readonly string[]; readonly ttl?: number; readonly alias?: string }
  | 'NXDOMAIN'
  | 'SERVFAIL'
  | 'REFUSED'
  | 'silence'
  /** By UDP only that the answer is too long, by TCP this. */
  | { readonly byTcp: readonly string[] };

const codes = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 };

/** A real name server on 127.0.0.1, over UDP and TCP, with configured answers. */
export class NameServer {
  readonly asked: Question[] = [];
  /** Of names that are not here there is silence. A function decides by the question. */
  readonly zones = new Map<string, Zone | ((question: Question) => Zone)>();
  /** For names without a zone. */
  otherwise: Zone = 'silence';
  readonly #udp: UdpSocket = createSocket('udp4');
  readonly #connections = new Set<Socket>();
  readonly #tcp: Server = createServer((socket) => this.#serve(socket));
  readonly #folder = mkdtempSync(join(tmpdir(), 'provisor-names-'));
  #port = 0;

  static async listen(): Promise<NameServer> {
    const server = new NameServer();
    await new Promise<void>((resolve) => server.#tcp.listen(0, '127.0.0.1', resolve));
    server.#port = (server.#tcp.address() as AddressInfo).port;
    server.#udp.on('message', (message, { address, port }) => {
      const reply = server.#reply(message, 'udp');
      if (reply) server.#udp.send(reply, port, address);
    });
    await new Promise<void>((resolve) => server.#udp.bind(server.#port, '127.0.0.1', resolve));
    return server;
  }

  /** As `/etc/resolv.conf` has it, with a port as OpenBSD writes it. */
  get line(): string {
    return `nameserver [127.0.0.1]:${String(this.#port)}`;
  }

  /** Options of a resolver that asks this server alone. */
  resolver({ options = 'options timeout:1', hosts = '' } = {}): { hostsFile: string; resolverFile: string } {
    return {
      resolverFile: this.file('resolv.conf', `${this.line}\n${options}\n`),
      hostsFile: this.file('hosts', hosts),
    };
  }

  /** Writes a file that lives as long as the server. */
  file(name: string, text: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  questionsFor(name: string): number {
    return this.asked.filter((question) => question.name === name).length;
  }

  async close(): Promise<void> {
    for (const socket of this.#connections) socket.destroy();
    await Promise.all([
      new Promise<void>((resolve) => this.#udp.close(() => resolve())),
      new Promise((resolve) => this.#tcp.close(resolve)),
    ]);
    rmSync(this.#folder, { recursive: true });
  }

  #serve(socket: Socket): void {
    this.#connections.add(socket);
    socket.on('error', () => {}).on('close', () => this.#connections.delete(socket));
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const length = received.readUInt16BE(0);
        const reply = this.#reply(received.subarray(2, 2 + length), 'tcp');
        received = received.subarray(2 + length);
        if (reply) socket.write(Buffer.concat([uint16(reply.length), reply]));
      }
    });
  }

  #reply(message: Buffer, by: 'udp' | 'tcp'): Buffer | undefined {
    const { question, bytes } = questionOf(message);
    this.asked.push(question);
    const told = this.zones.get(question.name) ?? this.otherwise;
    const zone = typeof told === 'function' ? told(question) : told;
    if (zone === 'silence') return undefined;
    const head = (flags: number, answers: number): Buffer =>
      Buffer.concat([message.subarray(0, 2), ...[flags, 1, answers, 0, 0].map(uint16), bytes]);
    if (typeof zone === 'string') return head(0x8180 | codes[zone], 0);
    if ('byTcp' in zone && by === 'udp') return head(0x8380, 0);
    const {
      addresses,
      ttl = 60,
      alias,
    }: { addresses: readonly string[]; ttl?: number; alias?: string } = 'byTcp' in zone
      ? { addresses: zone.byTcp }
      : zone;
    const wanted = addresses.filter(
      (address) => isIPv6(address) === (question.type === 'AAAA') && question.type !== 'other',
    );
    // The question's name is at 12.
    const own = uint16(0xc00c);
    const aliases = alias === undefined ? [] : [record(own, 5, ttl, nameBytes(alias))];
    const owner = alias === undefined ? own : nameBytes(alias);
    const records = wanted.map((address) => record(owner, isIPv6(address) ? 28 : 1, ttl, addressBytes(address)));
    return Buffer.concat([head(0x8180, aliases.length + records.length), ...aliases, ...records]);
  }
}

function questionOf(message: Buffer): { question: Question; bytes: Buffer } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = message.readUInt16BE(at + 1);
  const question: Question = {
    name: labels.join('.').toLowerCase(),
    type: type === 1 ? 'A' : type === 28 ? 'AAAA' : 'other',
  };
  return { question, bytes: message.subarray(12, at + 5) };
}

function record(owner: Buffer, type: number, ttl: number, data: Buffer): Buffer {
  const life = Buffer.alloc(4);
  life.writeUInt32BE(ttl);
  return Buffer.concat([owner, uint16(type), uint16(1), life, uint16(data.length), data]);
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array<number>(8 - before.length - after.length).fill(0);
  return Buffer.concat([...before, ...zeros, ...after].map(uint16));
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
