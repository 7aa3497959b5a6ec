import { pipeline, type Duplex } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createBrotliDecompress, createGunzip, createZstdDecompress } from 'node:zlib';
import { maxKeptResponseBytes } from '#contracts';
import { AnyInflate } from './any-inflate.ts';
import { maxSalvagedBytes, salvage } from './salvage.ts';

/** A header that comes several times is a list. */
type ReplyHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** By the name of the coding, in lower case. A map: a target may name what every object has, like `constructor`. */
const decoders: ReadonlyMap<string, () => Duplex> = new Map<string, () => Duplex>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', () => new AnyInflate()],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);
/** Of a reply with more codings none is taken off: each takes memory. */
const maxCodings = 4;

/**
 * What is kept of a reply's body, decompressed: its first {@link maxKeptResponseBytes} bytes. Neither an endless body
 * nor a small one that unpacks to gigabytes takes more memory than that.
 */
export class KeptBody {
  #chunks: Buffer[] = [];
  readonly #contentType: string | string[] | undefined;
  readonly #onComplete: () => void;
  /** Those to be taken off, the one that was applied last first. */
  readonly #codings: readonly string[];
  /** Where the body is written to, when it has codings to be taken off. */
  readonly #coded: Duplex | undefined;
  /** The raw body, as long as it may be needed again. */
  #raw: Buffer[] = [];
  #rawLength = 0;
  #length = 0;
  #truncated = false;
  #complete = false;

  /**
   * @param onComplete Called once, when no more is wanted: all of it is here, or enough, or it cannot be decoded any
   * further.
   */
  constructor(headers: ReplyHeaders, onComplete: () => void) {
    this.#contentType = headers['content-type'];
    this.#onComplete = onComplete;
    const encoding = headers['content-encoding'];
    this.#codings = encoding === undefined ? [] : knownCodings(String(encoding));
    if (this.#codings.length > 0) this.#coded = this.#decoding();
  }

  /** The text so far. */
  get text(): string {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    const kept = bytes.length > maxKeptResponseBytes ? bytes.subarray(0, maxKeptResponseBytes) : bytes;
    return replyText(kept, this.#contentType, this.#truncated);
  }

  /** True when there was more, or when it could not be decoded to the end. */
  get truncated(): boolean {
    return this.#truncated;
  }

  /** Takes what came next. False when `onDrain` is to be waited for before more is given. */
  add(chunk: Buffer, onDrain: () => void): boolean {
    if (!this.#coded) {
      this.#keep(chunk);
      return true;
    }
    if (this.#complete) return true;
    this.#rawLength += chunk.length;
    if (this.#rawLength <= maxSalvagedBytes) this.#raw.push(chunk);
    else this.#raw = [];
    if (this.#coded.write(chunk)) return true;
    this.#coded.once('drain', onDrain);
    return false;
  }

  /** To be called when there is no more. */
  end(): void {
    // Nothing is not coded, whatever the header says.
    if (this.#coded && this.#rawLength > 0) this.#coded.end();
    else this.#finish();
  }

  /** Lets go of everything that is still being decoded. */
  destroy(): void {
    this.#complete = true;
    this.#raw = [];
    this.#coded?.destroy();
  }

  #keep(chunk: Buffer): void {
    if (this.#complete) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length <= maxKeptResponseBytes) return;
    this.#truncated = true;
    this.#finish();
  }

  #finish(): void {
    if (this.#complete) return;
    this.destroy();
    this.#onComplete();
  }

  #decoding(): Duplex {
    const steps = this.#codings.map((coding) => decoders.get(coding)!());
    const [first, last] = [steps[0]!, steps.at(-1)!];
    last.on('data', (chunk: Buffer) => this.#keep(chunk)).on('end', () => this.#finish());
    if (first === last) first.on('error', () => this.#fail());
    else pipeline(steps, (error) => error && this.#fail());
    return first;
  }

  #fail(): void {
    if (this.#complete) return;
    const coding = this.#codings.length === 1 && this.#rawLength <= maxSalvagedBytes ? this.#codings[0] : undefined;
    const salvaged = coding === undefined ? undefined : salvage(coding, Buffer.concat(this.#raw));
    if (salvaged) this.#chunks = [salvaged.bytes];
    this.#truncated = !salvaged || salvaged.incomplete || salvaged.bytes.length > maxKeptResponseBytes;
    this.#finish();
  }
}

/**
 * The codings that can be taken off, the one that was applied last first; none when there is one among the last that is
 * not known.
 */
function knownCodings(contentEncoding: string): string[] {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .reverse();
  const unknown = codings.findIndex((coding) => !decoders.has(coding));
  const known = unknown === -1 ? codings : codings.slice(0, unknown);
  return known.length > maxCodings ? [] : known;
}

/** Byte order marks, which say more than what a header says (WHATWG Encoding, "BOM sniff"). */
const marks: readonly [mark: Buffer, label: string][] = [
  [Buffer.from([0xef, 0xbb, 0xbf]), 'utf-8'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
];

const charsetParameter = /;\s*charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;]+))/i;

/** How XML in UTF-16 begins where it has no mark: `<?` (XML 1.0, appendix F). */
const wideXml: readonly [beginning: Buffer, label: string][] = [
  [Buffer.from([0x3c, 0, 0x3f, 0]), 'utf-16le'],
  [Buffer.from([0, 0x3c, 0, 0x3f]), 'utf-16be'],
];

const xmlDeclaration = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/;
const longestDeclaration = 200;

/**
 * The text of a reply in the charset that it says it is in: by a byte order mark, by the header `content-type`, or by
 * its XML declaration (RFC 7303); else in UTF-8. Bytes that are no text become U+FFFD.
 *
 * @param cut Whether the bytes end where more came, which may be within a character.
 */
function replyText(bytes: Buffer, contentType: string | string[] | undefined, cut: boolean): string {
  const label = beginning(marks, bytes) ?? charsetOf(contentType) ?? declaredIn(bytes) ?? 'utf-8';
  // Nearly always, and much faster than a decoder, which also removes a byte order mark.
  if (isUtf8(label) && !cut && bytes[0] !== marks[0]![0][0]) return bytes.toString('utf8');
  return decoderOf(label).decode(bytes, { stream: cut });
}

function beginning(known: typeof marks, bytes: Buffer): string | undefined {
  return known.find(([start]) => start[0] === bytes[0] && bytes.subarray(0, start.length).equals(start))?.[1];
}

function charsetOf(contentType: string | string[] | undefined): string | undefined {
  if (contentType === undefined) return undefined;
  const [, double, single, bare] = charsetParameter.exec(String(contentType)) ?? [];
  return (double ?? single ?? bare)?.trim();
}

/** What XML declares of itself. A declaration that can be read as ASCII is not in UTF-16, whatever it says. */
function declaredIn(bytes: Buffer): string | undefined {
  const wide = beginning(wideXml, bytes);
  if (wide !== undefined || bytes[0] !== 0x3c) return wide;
  const label = xmlDeclaration.exec(bytes.toString('latin1', 0, longestDeclaration))?.[1];
  return label !== undefined && /^utf-?16/i.test(label) ? undefined : label;
}

function isUtf8(label: string): boolean {
  return /^utf-?8$/i.test(label);
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
