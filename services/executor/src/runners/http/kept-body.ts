import { pipeline, type Duplex, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { maxKeptResponseBytes } from '#contracts';

const decoders: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/**
 * What is kept of a reply's body, decompressed: its first {@link maxKeptResponseBytes} bytes. Neither an endless body nor a small one
 * that unpacks to gigabytes takes more memory than that.
 */
export class KeptBody {
  readonly #chunks: Buffer[] = [];
  readonly #onComplete: () => void;
  /** Where the body is written to, when it has codings to be taken off. */
  readonly #coded: Duplex | undefined;
  #length = 0;
  #truncated = false;
  #complete = false;

  /**
   * @param contentEncoding As in the header of that name.
   * @param onComplete Called once, when no more is wanted: all of it is here, or enough, or it cannot be decoded any further.
   */
  constructor(contentEncoding: string | string[] | undefined, onComplete: () => void) {
    this.#onComplete = onComplete;
    if (contentEncoding !== undefined) this.#coded = this.#decoding(String(contentEncoding));
  }

  /** The text so far; bytes that are no UTF-8 become U+FFFD. */
  get text(): string {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    return bytes.toString('utf8', 0, maxKeptResponseBytes);
  }

  /** True when there was more, or when it could not be decoded to the end. */
  get truncated(): boolean {
    return this.#truncated;
  }

  /** Takes what came next. False when `onDrain` is to be waited for before more is given. */
  add(chunk: Buffer, onDrain: () => void): boolean {
    if (!this.#coded) this.#keep(chunk);
    else if (!this.#complete && !this.#coded.write(chunk)) {
      this.#coded.once('drain', onDrain);
      return false;
    }
    return true;
  }

  /** To be called when there is no more. */
  end(): void {
    if (this.#coded) this.#coded.end();
    else this.#finish();
  }

  /** Lets go of everything that is still being decoded. */
  destroy(): void {
    this.#complete = true;
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

  /** Takes off the codings in the reverse order of their application; one that is not known is left on. */
  #decoding(contentEncoding: string): Duplex | undefined {
    const steps: Transform[] = [];
    for (const coding of contentEncoding.toLowerCase().split(',').reverse()) {
      const decoder = decoders[coding.trim()];
      if (!decoder) break;
      steps.push(decoder());
    }
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last) return undefined;
    const failed = (): void => {
      this.#truncated = true;
      this.#finish();
    };
    last.on('data', (chunk: Buffer) => this.#keep(chunk)).on('end', () => this.#finish());
    if (first === last) first.on('error', failed);
    else pipeline(steps, (error) => error && failed());
    return first;
  }
}
