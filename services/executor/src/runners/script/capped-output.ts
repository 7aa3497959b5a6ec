import type { Readable } from 'node:stream';
import { maxKeptResponseBytes } from '#contracts';

/** Keeps the beginning of what a stream brings and reads the rest away, so that its writer is never held up. */
export class CappedOutput {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => {
      if (this.#length < maxKeptResponseBytes) this.#chunks.push(chunk);
      this.#length += chunk.length;
    });
    // A pipe that breaks has brought what it could; how the script ended is told by its exit.
    stream.on('error', () => {});
  }

  get text(): string {
    return Buffer.concat(this.#chunks).subarray(0, maxKeptResponseBytes).toString('utf8');
  }

  get truncated(): boolean {
    return this.#length > maxKeptResponseBytes;
  }
}
