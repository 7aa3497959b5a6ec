import { Duplex } from 'node:stream';
import { createInflate, createInflateRaw, type Zlib } from 'node:zlib';

type Inflate = Duplex & Zlib;

/**
 * Takes off the coding `deflate`, whichever of its two meanings a target gives it: a zlib stream, as RFC 9110 has it,
 * or the bare deflate data in it, as servers have sent it since before the RFC. The first two bytes tell them apart:
 * encoders never begin with the header of the one in the other.
 */
export class AnyInflate extends Duplex {
  #first = Buffer.alloc(0);
  #inflate: Inflate | undefined;

  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    if (this.#inflate) {
      this.#inflate.write(chunk, callback);
      return;
    }
    this.#first = Buffer.concat([this.#first, chunk]);
    if (this.#first.length < 2) callback();
    else this.#begin().write(this.#first, callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    const inflate = this.#inflate ?? this.#begin();
    if (this.#first.length < 2) inflate.write(this.#first);
    inflate.end(callback);
  }

  override _read(): void {
    this.#inflate?.resume();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#inflate?.destroy();
    callback(error);
  }

  #begin(): Inflate {
    const inflate = isZlib(this.#first) ? createInflate() : createInflateRaw();
    inflate.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) inflate.pause();
    });
    inflate.on('end', () => this.push(null));
    inflate.on('error', (error) => this.destroy(error));
    this.#inflate = inflate;
    return inflate;
  }
}

/** By the header of RFC 1950: method 8, a window of 32 KiB at most, and a check that makes it a multiple of 31. */
export function isZlib(bytes: Buffer): boolean {
  if (bytes.length < 2) return false;
  const [method, window] = [bytes[0]! & 0x0f, bytes[0]! >> 4];
  return method === 8 && window <= 7 && bytes.readUInt16BE(0) % 31 === 0;
}
