import type { Readable } from 'node:stream';

const lineBreak = 0x0a;

/** Cuts a stream into lines, of a bounded length. */
export class LineReader {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #length = 0;

  /**
   * @param limit Bytes that a line may have.
   * @param onLine Called with each line, without its break.
   * @param onTooLong Called once a line is longer than that; what comes then is read away.
   */
  constructor(stream: Readable, limit: number, onLine: (line: string) => void, onTooLong: () => void) {
    this.#limit = limit;
    stream.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(lineBreak); end !== -1; end = chunk.indexOf(lineBreak, start)) {
        this.#keep(chunk.subarray(start, end));
        const tooLong = this.#length > limit;
        const line = tooLong ? '' : Buffer.concat(this.#chunks).toString('utf8');
        this.clear();
        if (tooLong) onTooLong();
        else onLine(line);
        start = end + 1;
      }
      this.#keep(chunk.subarray(start));
      if (this.#length > limit) onTooLong();
    });
    stream.on('error', () => {});
  }

  /** What has come since the last line break. */
  get rest(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }

  #keep(piece: Buffer): void {
    if (this.#length <= this.#limit) this.#chunks.push(piece);
    this.#length += piece.length;
  }
}
