import { closeSync, openSync, read, unlinkSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';

const readAsync = promisify(read);

/** Bytes that were put aside. */
export interface Spilled {
  /** @throws When the file system cannot give them back. */
  read(): Promise<Buffer>;
  /** Lets them go, once. What is being read is read to its end. */
  drop(): void;
}

/** A file of its own goes as soon as nothing in it is wanted any more. */
const segmentBytes = 16 * 1024 * 1024;

/** One file, which has no name any more: it is gone with the process, however that ends. */
class Segment {
  readonly #fd: number;
  #length = 0;
  #wanted = 0;
  #full = false;

  constructor(folder: string) {
    const path = join(folder, `provisor-bodies-${randomUUID()}`);
    this.#fd = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
  }

  get isFull(): boolean {
    return this.#full;
  }

  add(bytes: Buffer): Spilled {
    const start = this.#length;
    for (let written = 0; written < bytes.length;) {
      written += writeSync(this.#fd, bytes, written, bytes.length - written, start + written);
    }
    this.#length += bytes.length;
    this.#full = this.#length >= segmentBytes;
    this.#wanted++;
    const { length } = bytes;
    let dropped = false;
    return {
      read: async () => {
        // Read bytes count as wanted until they are there.
        this.#wanted++;
        try {
          return await this.#read(start, length);
        } finally {
          this.#release();
        }
      },
      drop: () => {
        if (!dropped) this.#release();
        dropped = true;
      },
    };
  }

  async #read(start: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let got = 0; got < length;) {
      const { bytesRead } = await readAsync(this.#fd, bytes, got, length - got, start + got);
      if (bytesRead === 0) throw new Error('a body that was put aside is not there any more');
      got += bytesRead;
    }
    return bytes;
  }

  /** No more is written to it. */
  end(): void {
    this.#full = true;
    if (this.#wanted === 0) closeSync(this.#fd);
  }

  #release(): void {
    this.#wanted--;
    if (this.#wanted === 0 && this.#full) closeSync(this.#fd);
  }
}

/**
 * Puts bytes aside in temporary files. Writing is synchronous: they come faster than a disk may take them, and until
 * they are written they are in memory.
 */
export class Spill {
  readonly #folder: string;
  #segment: Segment | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws When they cannot be written; nothing is kept of them then. */
  put(bytes: Buffer): Spilled {
    this.#segment ??= new Segment(this.#folder);
    try {
      const spilled = this.#segment.add(bytes);
      if (this.#segment.isFull) this.#segment = undefined;
      return spilled;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** What was put aside can still be read. */
  close(): void {
    this.#segment?.end();
    this.#segment = undefined;
  }
}
