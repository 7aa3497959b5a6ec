import { isUtf8 } from 'node:buffer';

/*
 * RabbitMQ 3.x passes on messages of AMQP 1.0 half translated: whole sections are encoded in headers whose names begin
 * with `x-amqp-1.0-`, and a body that is not a data section stays encoded. RabbitMQ 4 translates both itself.
 */

/** The headers that hold an encoded section, which is no text whatever its type says. */
export const encodedSectionPrefix = 'x-amqp-1.0-';
/** The header that holds the application properties: what are headers in AMQP 0-9-1. */
export const applicationPropertiesHeader = `${encodedSectionPrefix}app-properties`;
/** The property `type` of a message whose body is encoded. */
const encodedBodyType = 'amqp-1.0';

/** Descriptors of sections (AMQP 1.0, part 3, chapter 3.2). */
const [applicationPropertiesSection, valueSection] = [0x74, 0x77];

const [described, smallUlong] = [0x00, 0x53];
/** Constructors of bytes, texts and symbols, with one and with four bytes of length. */
const [binary8, string8, symbol8, binary32, string32, symbol32] = [0xa0, 0xa1, 0xa3, 0xb0, 0xb1, 0xb3];
const [map8, map32] = [0xc1, 0xd1];

/** The bytes are not what AMQP 1.0 says they are. */
export class NotAmqp extends Error {
  override readonly name = 'NotAmqp';
}

/**
 * The application properties of an encoded section. Whole numbers beyond 2^53 are bigints, a UUID is its text, a
 * timestamp is as those of AMQP 0-9-1; what no property may be is its bytes.
 *
 * @throws {NotAmqp} When it is none, or holds text that is not UTF-8, or a name twice.
 */
export function readApplicationProperties(section: Buffer): [name: string, value: unknown][] {
  const reader = new Reader(section);
  reader.descriptor(applicationPropertiesSection);
  return reader.map();
}

/** Whether a body is an encoded section: a message of AMQP 0-9-1 may have the same property `type`. */
export function isEncodedBody(type: unknown, body: Buffer): boolean {
  return type === encodedBodyType && body[0] === described && body[1] === smallUlong;
}

/**
 * The bytes in an encoded body that is one value, a text or bytes.
 *
 * @throws {NotAmqp} When it is anything else.
 */
export function bytesOfValue(body: Buffer): Buffer {
  const reader = new Reader(body);
  reader.descriptor(valueSection);
  return reader.textOrBytes();
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  descriptor(code: number): void {
    const at = this.#take(3);
    const [zero, type, found] = this.#bytes.subarray(at, at + 3);
    if (zero !== described || type !== smallUlong || found !== code) throw new NotAmqp('it is another section');
  }

  textOrBytes(): Buffer {
    const code = this.#byte();
    if (code === binary8 || code === string8) return this.#slice(this.#byte());
    if (code === binary32 || code === string32) return this.#slice(this.#length());
    throw new NotAmqp('it is neither text nor bytes');
  }

  map(): [name: string, value: unknown][] {
    const code = this.#byte();
    if (code !== map8 && code !== map32) throw new NotAmqp('it is no map');
    const count = code === map8 ? (this.#byte(), this.#byte()) : (this.#length(), this.#length());
    const names = new Set<string>();
    const entries: [string, unknown][] = [];
    for (let pair = 0; pair < count / 2; pair++) {
      const name = this.#value();
      if (typeof name !== 'string') throw new NotAmqp('a name in it is no text');
      if (names.has(name)) throw new NotAmqp('a name is in it twice');
      names.add(name);
      entries.push([name, this.#value()]);
    }
    return entries;
  }

  #value(): unknown {
    const bytes = this.#bytes;
    const code = this.#byte();
    switch (code) {
      case 0x40:
        return null;
      case 0x41:
        return true;
      case 0x42:
        return false;
      case 0x43:
      case 0x44:
        return 0;
      case 0x56:
        return this.#byte() !== 0;
      case 0x50:
      case 0x52:
      case 0x53:
        return this.#byte();
      case 0x51:
      case 0x54:
      case 0x55:
        return bytes.readInt8(this.#take(1));
      case 0x60:
        return bytes.readUInt16BE(this.#take(2));
      case 0x61:
        return bytes.readInt16BE(this.#take(2));
      case 0x70:
        return bytes.readUInt32BE(this.#take(4));
      case 0x71:
        return bytes.readInt32BE(this.#take(4));
      case 0x72:
        return bytes.readFloatBE(this.#take(4));
      case 0x73:
        return characterOf(bytes.readUInt32BE(this.#take(4)));
      case 0x80:
        return exact(bytes.readBigUInt64BE(this.#take(8)));
      case 0x81:
        return exact(bytes.readBigInt64BE(this.#take(8)));
      case 0x82:
        return bytes.readDoubleBE(this.#take(8));
      case 0x83:
        return { '!': 'timestamp', value: Number(bytes.readBigInt64BE(this.#take(8))) / 1_000 };
      case 0x98:
        return uuidText(this.#slice(16));
      case string8:
      case symbol8:
        return this.#text(this.#byte());
      case string32:
      case symbol32:
        return this.#text(this.#length());
      default:
        return this.#slice(this.#lengthOf(code));
    }
  }

  /** The length of a value that stays bytes: its constructor tells how much follows. */
  #lengthOf(code: number): number {
    const widths: Readonly<Record<number, number>> = { 0x7: 4, 0x8: 8, 0x9: 16 };
    const width = widths[code >> 4];
    if (width !== undefined) return width;
    if (code === binary8 || code >> 4 === 0xc || code >> 4 === 0xe) return this.#byte();
    if (code === binary32 || code >> 4 === 0xd || code >> 4 === 0xf) return this.#length();
    throw new NotAmqp(`it has a type that AMQP 1.0 does not know: 0x${code.toString(16)}`);
  }

  #text(length: number): string {
    const slice = this.#slice(length);
    if (!isUtf8(slice)) throw new NotAmqp('a text in it is not UTF-8');
    return slice.toString();
  }

  #slice(length: number): Buffer {
    const start = this.#take(length);
    return Buffer.from(this.#bytes.subarray(start, start + length));
  }

  #byte(): number {
    return this.#bytes[this.#take(1)]!;
  }

  #length(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  #take(length: number): number {
    const start = this.#at;
    if (start + length > this.#bytes.length) throw new NotAmqp('it ends too early');
    this.#at = start + length;
    return start;
  }
}

function characterOf(code: number): string {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new NotAmqp('a character in it is none');
  return String.fromCodePoint(code);
}

function uuidText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A number where it has all digits of it. */
function exact(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}
