import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** A field of a header table: its name and its value, each as bytes of the wire. */
export type RawField = readonly [name: Buffer | string, value: Buffer];

/** The properties of a message as bytes of the wire, for what no client would send. */
export interface RawProperties {
  readonly contentType?: Buffer | string;
  /** The fields of the table, one after another. */
  readonly headers?: Buffer;
  readonly deliveryMode?: number;
  readonly messageId?: Buffer | string;
  /** Seconds since 1970. */
  readonly timestamp?: bigint;
  readonly type?: Buffer | string;
  readonly appId?: Buffer | string;
}

export interface RawMessage {
  readonly exchange: string;
  readonly routingKey: Buffer | string;
  readonly properties: RawProperties;
  readonly content: Buffer;
}

const frameEnd = Buffer.from([0xce]);
const bodyPerFrame = 100_000;

/** Publishes messages byte by byte, with confirms: header tables of any shape, texts that are not UTF-8. */
export class RawPublisher {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #onData = Promise.withResolvers<undefined>();
  readonly #closed: Promise<never>;

  static async connect(amqpUrl: string): Promise<RawPublisher> {
    const url = new URL(amqpUrl);
    const socket = connect(Number(url.port || 5672), url.hostname);
    await once(socket, 'connect');
    const publisher = new RawPublisher(socket);
    await publisher.#open(url);
    return publisher;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#closed = once(socket, 'close').then(() => {
      throw new Error('RabbitMQ closed the connection');
    });
    this.#closed.catch(() => undefined);
    socket.on('data', (data) => {
      this.#received = Buffer.concat([this.#received, data]);
      this.#onData.resolve(undefined);
      this.#onData = Promise.withResolvers();
    });
  }

  /** Resolves when the broker has confirmed the message. */
  async publish({ exchange, routingKey, properties, content }: RawMessage): Promise<void> {
    this.#method(1, 60, 40, Buffer.concat([uint16(0), short(exchange), short(routingKey), Buffer.from([0])]));
    this.#frame(2, 1, Buffer.concat([uint16(60), uint16(0), uint64(BigInt(content.length)), encoded(properties)]));
    for (let at = 0; at < content.length; at += bodyPerFrame) {
      this.#frame(3, 1, content.subarray(at, at + bodyPerFrame));
    }
    await this.#answer(60, 80);
  }

  async close(): Promise<void> {
    this.#socket.destroy();
    if (!this.#socket.closed) await once(this.#socket, 'close');
  }

  async #open(url: URL): Promise<void> {
    this.#socket.write('AMQP\x00\x00\x09\x01', 'latin1');
    await this.#answer(10, 10);
    const login = `\0${decodeURIComponent(url.username)}\0${decodeURIComponent(url.password)}`;
    this.#method(0, 10, 11, Buffer.concat([uint32(0), short('PLAIN'), long(Buffer.from(login)), short('en_US')]));
    const tune = await this.#answer(10, 30);
    this.#method(0, 10, 31, Buffer.concat([tune.subarray(0, 6), uint16(0)]));
    const vhost = decodeURIComponent(url.pathname.slice(1)) || '/';
    this.#method(0, 10, 40, Buffer.concat([short(vhost), short(''), Buffer.from([0])]));
    await this.#answer(10, 41);
    this.#method(1, 20, 10, short(''));
    await this.#answer(20, 11);
    this.#method(1, 85, 10, Buffer.from([0]));
    await this.#answer(85, 11);
  }

  #method(channel: number, classId: number, methodId: number, args: Buffer): void {
    this.#frame(1, channel, Buffer.concat([uint16(classId), uint16(methodId), args]));
  }

  #frame(type: number, channel: number, payload: Buffer): void {
    this.#socket.write(
      Buffer.concat([Buffer.from([type]), uint16(channel), uint32(payload.length), payload, frameEnd]),
    );
  }

  /** The arguments of the next method, which has to be this one. */
  async #answer(classId: number, methodId: number): Promise<Buffer> {
    for (;;) {
      const size = this.#received.length >= 7 ? this.#received.readUInt32BE(3) : Infinity;
      if (this.#received.length >= size + 8) {
        const payload = this.#received.subarray(7, 7 + size);
        this.#received = this.#received.subarray(size + 8);
        const found = `${payload.readUInt16BE(0)}.${payload.readUInt16BE(2)}`;
        if (found === `${classId}.${methodId}`) return payload.subarray(4);
        throw new Error(`RabbitMQ answered with method ${found}: ${payload.toString('latin1')}`);
      }
      await Promise.race([this.#onData.promise, this.#closed]);
    }
  }
}

/** The wire form of properties: their flags, and those that are there. */
export function encoded(properties: RawProperties): Buffer {
  const { contentType, headers, deliveryMode, messageId, timestamp, type, appId } = properties;
  const parts: [flag: number, bytes: Buffer | undefined][] = [
    [0x8000, contentType === undefined ? undefined : short(contentType)],
    [0x2000, headers && long(headers)],
    [0x1000, deliveryMode === undefined ? undefined : Buffer.from([deliveryMode])],
    [0x0080, messageId === undefined ? undefined : short(messageId)],
    [0x0040, timestamp === undefined ? undefined : uint64(timestamp)],
    [0x0020, type === undefined ? undefined : short(type)],
    [0x0008, appId === undefined ? undefined : short(appId)],
  ];
  const there = parts.filter(([, bytes]) => bytes !== undefined);
  const flags = there.reduce((sum, [flag]) => sum | flag, 0);
  return Buffer.concat([uint16(flags), ...there.map(([, bytes]) => bytes!)]);
}

/** The wire form of fields, one after another. */
export function fields(...list: RawField[]): Buffer {
  return Buffer.concat(list.flatMap(([name, value]) => [short(name), value]));
}

/** Wire forms of values: one for each type of a field that the broker knows. */
export const value = {
  text: (text: Buffer | string) => tagged('S', long(Buffer.from(text))),
  bytes: (bytes: Buffer) => tagged('x', long(bytes)),
  table: (content: Buffer) => tagged('F', long(content)),
  array: (...items: Buffer[]) => tagged('A', long(Buffer.concat(items))),
  int64: (integer: bigint) => tagged('l', uint64(BigInt.asUintN(64, integer))),
  int32: (integer: number) => tagged('I', uint32(integer >>> 0)),
  uint32: (integer: number) => tagged('i', uint32(integer)),
  int16: (integer: number) => tagged('s', uint16(integer & 0xffff)),
  uint16: (integer: number) => tagged('u', uint16(integer)),
  int8: (integer: number) => tagged('b', Buffer.from([integer & 0xff])),
  uint8: (integer: number) => tagged('B', Buffer.from([integer])),
  timestamp: (seconds: bigint) => tagged('T', uint64(seconds)),
  decimal: (places: number, digits: number) => tagged('D', Buffer.concat([Buffer.from([places]), uint32(digits)])),
  double: (number: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(number);
    return tagged('d', bytes);
  },
  float: (number: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatBE(number);
    return tagged('f', bytes);
  },
  boolean: (truth: boolean) => tagged('t', Buffer.from([truth ? 1 : 0])),
  nothing: () => Buffer.from('V'),
};

/** The fields of nested tables, with this number of levels. */
export function nestedTable(depth: number): Buffer {
  const level = fields(['a', value.table(Buffer.alloc(0))]);
  const bytes = Buffer.concat(Array.from({ length: depth }, () => level));
  for (let n = 1; n <= depth; n++) bytes.writeUInt32BE((depth - n) * level.length, n * level.length - 4);
  return bytes;
}

function tagged(tag: string, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(tag), bytes]);
}

function short(text: Buffer | string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function long(bytes: Buffer): Buffer {
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint16(integer: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(integer);
  return bytes;
}

function uint32(integer: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(integer);
  return bytes;
}

function uint64(integer: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(integer);
  return bytes;
}
