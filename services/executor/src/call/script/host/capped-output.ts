import type { Readable } from 'node:stream';

/** Keeps the beginning of what a stream brings and reads the rest away, so that its writer is never held up. */
export class CappedOutput {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #length = 0;

  /** @param limit Bytes that are kept. */
  constructor(stream: Readable, limit: number) {
    this.#limit = limit;
    stream.on('data', (chunk: Buffer) => {
      if (this.#length < limit) this.#chunks.push(chunk);
      this.#length += chunk.length;
    });
    // A broken pipe has delivered what it could; the exit says how the script ended.
    stream.on('error', () => {});
  }

  get text(): string {
    return Buffer.concat(this.#chunks).subarray(0, this.#limit).toString('utf8');
  }

  get truncated(): boolean {
    return this.#length > this.#limit;
  }

  /** Starts from scratch. */
  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }
}
