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
    // A pipe that breaks has brought what it could; how the script ended is told by its exit.
    stream.on('error', () => {});
  }

  get text(): string {
    return Buffer.concat(this.#chunks).subarray(0, this.#limit).toString('utf8');
  }

  get truncated(): boolean {
    return this.#length > this.#limit;
  }

  /** Begins anew. */
  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }
}
