import { isAscii, isUtf8 } from 'node:buffer';
import { applicationPropertiesHeader, encodedSectionPrefix, NotAmqp, readApplicationProperties } from './amqp-1-0.ts';

/** What is wrong with a property or a header, by its name as AMQP has it: `message_id`, `partition-key`. */
export interface HeaderFault {
  readonly field: string;
  readonly message: string;
}

/**
 * The properties of a message. Texts that are not UTF-8 are the bytes that came, whole numbers beyond 2^53 are bigints,
 * and tables have no prototype: a header named `__proto__` is a header like any other. The application properties of
 * AMQP 1.0 are among the headers, also where RabbitMQ 3.x has left them encoded in one.
 */
export interface MessageProperties {
  contentType?: string | Buffer;
  contentEncoding?: string | Buffer;
  headers?: Readonly<Record<string, unknown>>;
  deliveryMode?: number;
  priority?: number;
  correlationId?: string | Buffer;
  replyTo?: string | Buffer;
  expiration?: string | Buffer;
  messageId?: string | Buffer;
  timestamp?: number | bigint;
  type?: string | Buffer;
  userId?: string | Buffer;
  appId?: string | Buffer;
  clusterId?: string | Buffer;
}

/** A content header frame, read. */
export interface ContentHeader {
  readonly bodySize: number;
  readonly properties: MessageProperties;
  /** Empty when all of it could be read and is as it should be. */
  readonly faults: readonly HeaderFault[];
}

/** Far beyond any real header, and far below what exhausts a stack. */
export const maxHeaderDepth = 32;
/** More would tell a person nothing new. */
const mostFaults = 16;

/** Class, weight and body size come before the flags. */
const flagsAt = 12;
const shortest = flagsAt + 2;

/** Bit, name here, name of AMQP; in the order in which they follow each other. */
const shortStrings = {
  contentType: [0x8000, 'content_type'],
  contentEncoding: [0x4000, 'content_encoding'],
  correlationId: [0x0400, 'correlation_id'],
  replyTo: [0x0200, 'reply_to'],
  expiration: [0x0100, 'expiration'],
  messageId: [0x0080, 'message_id'],
  type: [0x0020, 'type'],
  userId: [0x0010, 'user_id'],
  appId: [0x0008, 'app_id'],
  clusterId: [0x0004, 'cluster_id'],
} as const;
const headersFlag = 0x2000;
const deliveryModeFlag = 0x1000;
const priorityFlag = 0x0800;
const timestampFlag = 0x0040;

/**
 * Reads the payload of a content header frame of AMQP 0-9-1. It returns what it can read, and reports the rest as
 * faults. It never throws, and limits the depth and the number of faults.
 */
export function readContentHeader(payload: Buffer): ContentHeader {
  const reader = new HeaderReader(payload);
  const properties: MessageProperties = {};
  try {
    reader.readProperties(properties);
  } catch (error) {
    // The bytes end where more was announced, or have no meaning: behind that place nothing can be told.
    reader.fault('properties', `cannot be read: ${(error as Error).message}`);
  }
  const bodySize = payload.length >= flagsAt ? Number(payload.readBigUInt64BE(4)) : 0;
  return { bodySize, properties, faults: reader.faults };
}

/** The bytes are no table, or not all of one. */
class Malformed extends Error {
  override readonly name = 'Malformed';
}

class HeaderReader {
  readonly faults: HeaderFault[] = [];
  readonly #bytes: Buffer;
  /** Then no text in it needs a look of its own. */
  readonly #isAscii: boolean;
  #at = flagsAt;
  /** Where what is being read ends: the payload, or the table or array that is read. */
  #end: number;

  constructor(payload: Buffer) {
    this.#bytes = payload;
    this.#end = payload.length;
    this.#isAscii = isAscii(payload);
  }

  fault(field: string, message: string): void {
    if (this.faults.length < mostFaults) this.faults.push({ field: shortened(field), message });
  }

  readProperties(properties: MessageProperties): void {
    if (this.#bytes.length < shortest) throw new Malformed('the header ends before its flags');
    const flags = this.#bytes.readUInt16BE(this.#at);
    this.#at += 2;
    // The last bit says that more flags follow, which no version of the protocol has.
    if (flags & 1) throw new Malformed('it has flags that AMQP 0-9-1 does not know');
    const text = (name: keyof typeof shortStrings): void => {
      const [flag, field] = shortStrings[name];
      if (flags & flag) properties[name] = this.#shortString(field);
    };
    text('contentType');
    text('contentEncoding');
    if (flags & headersFlag) properties.headers = this.#headers();
    if (flags & deliveryModeFlag) properties.deliveryMode = this.#bytes[this.#take(1)]!;
    if (flags & priorityFlag) properties.priority = this.#bytes[this.#take(1)]!;
    text('correlationId');
    text('replyTo');
    text('expiration');
    text('messageId');
    if (flags & timestampFlag) properties.timestamp = exact(this.#bytes.readBigUInt64BE(this.#take(8)));
    text('type');
    text('userId');
    text('appId');
    text('clusterId');
  }

  /** What follows the headers can be read also when they cannot: their length is known. */
  #headers(): Record<string, unknown> {
    const table = emptyTable();
    this.#within(this.#length(), () => {
      try {
        this.#readTable(table, '', 1);
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        this.fault('headers', `cannot be read: ${error.message}`);
      }
    });
    if (applicationPropertiesHeader in table) this.#addApplicationProperties(table);
    return table;
  }

  #addApplicationProperties(table: Record<string, unknown>): void {
    const section = table[applicationPropertiesHeader];
    try {
      if (!Buffer.isBuffer(section)) throw new NotAmqp('it is no section');
      for (const [name, value] of readApplicationProperties(section)) {
        if (Object.hasOwn(table, name)) this.fault(name, 'must not be there twice');
        table[name] = value;
      }
    } catch (error) {
      if (!(error instanceof NotAmqp)) throw error;
      this.fault(applicationPropertiesHeader, `cannot be read as application properties of AMQP 1.0: ${error.message}`);
    }
  }

  #readTable(table: Record<string, unknown>, path: string, depth: number): void {
    while (this.#at < this.#end) {
      const name = this.#name(path);
      const field = path + name;
      if (Object.hasOwn(table, name)) this.fault(field, 'must not be there twice');
      table[name] = this.#value(field, depth);
    }
  }

  /** A text that is not UTF-8 is reported, and shown with U+FFFD for invalid bytes. */
  #name(path: string): string {
    const text = this.#shortString(undefined);
    if (typeof text === 'string') return text;
    const name = text.toString();
    this.fault(path + name, 'must have a name in UTF-8');
    return name;
  }

  #value(field: string, depth: number): unknown {
    const bytes = this.#bytes;
    const tag = String.fromCharCode(bytes[this.#take(1)]!);
    switch (tag) {
      case 'S':
        // RabbitMQ says of encoded sections that they are text.
        if (field.startsWith(encodedSectionPrefix)) return this.#copy(this.#length());
        return this.#text(field, this.#length());
      case 'I':
        return bytes.readInt32BE(this.#take(4));
      case 'l':
        return exact(bytes.readBigInt64BE(this.#take(8)));
      case 'L':
        return exact(bytes.readBigUInt64BE(this.#take(8)));
      case 't':
        return bytes[this.#take(1)] !== 0;
      case 'F':
        return this.#nested(field, depth, () => {
          const table = emptyTable();
          this.#readTable(table, `${field}.`, depth + 1);
          return table;
        });
      case 'A':
        return this.#nested(field, depth, () => {
          const items: unknown[] = [];
          while (this.#at < this.#end) items.push(this.#value(field, depth + 1));
          return items;
        });
      case 'T':
        return { '!': 'timestamp', value: exact(bytes.readBigUInt64BE(this.#take(8))) };
      case 'D': {
        const places = bytes[this.#take(1)]!;
        return { '!': 'decimal', value: { places, digits: bytes.readUInt32BE(this.#take(4)) } };
      }
      case 'd':
        return bytes.readDoubleBE(this.#take(8));
      case 'f':
        return bytes.readFloatBE(this.#take(4));
      case 'b':
        return bytes.readInt8(this.#take(1));
      case 'B':
        return bytes[this.#take(1)]!;
      case 's':
        return bytes.readInt16BE(this.#take(2));
      case 'u':
        return bytes.readUInt16BE(this.#take(2));
      case 'i':
        return bytes.readUInt32BE(this.#take(4));
      case 'V':
        return null;
      case 'x':
        return this.#copy(this.#length());
      default:
        throw new Malformed(`${shortened(field)} has a type that AMQP does not know: ${JSON.stringify(tag)}`);
    }
  }

  /** A table or an array; the bytes of one that is nested too deep. */
  #nested(field: string, depth: number, read: () => unknown): unknown {
    const length = this.#length();
    if (depth < maxHeaderDepth) return this.#within(length, read);
    this.fault(field, `must not nest deeper than ${maxHeaderDepth} levels`);
    return this.#copy(length);
  }

  /** Reads what has a length of its own, and no further. */
  #within<T>(length: number, read: () => T): T {
    const outerEnd = this.#end;
    const end = this.#take(length) + length;
    this.#at = end - length;
    this.#end = end;
    const value = read();
    this.#at = end;
    this.#end = outerEnd;
    return value;
  }

  #shortString(field: string | undefined): string | Buffer {
    return this.#text(field, this.#bytes[this.#take(1)]!);
  }

  /** @param field undefined: another place reports that it is not UTF-8. */
  #text(field: string | undefined, length: number): string | Buffer {
    const start = this.#take(length);
    if (this.#isAscii) return this.#bytes.toString('latin1', start, this.#at);
    const slice = this.#bytes.subarray(start, this.#at);
    if (isUtf8(slice)) return slice.toString();
    if (field !== undefined) this.fault(field, 'must be UTF-8');
    return Buffer.from(slice);
  }

  #length(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  /** Of its own, so that it does not keep what else came with it. */
  #copy(length: number): Buffer {
    const start = this.#take(length);
    return Buffer.from(this.#bytes.subarray(start, this.#at));
  }

  /** Skips this number of bytes, and returns their start. */
  #take(length: number): number {
    const start = this.#at;
    if (start + length > this.#end) throw new Malformed(`it ends after ${this.#end - start} of ${length} bytes`);
    this.#at = start + length;
    return start;
  }
}

function emptyTable(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

/** A number where it has all digits of it. */
function exact(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}

/** The beginning of a path, which is as long as it is deep. */
function shortened(path: string): string {
  return path.length > 100 ? `${path.slice(0, 100)}…` : path;
}
