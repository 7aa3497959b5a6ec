import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { maxKeptResponseBytes } from '#contracts';
import { isZlib } from './any-inflate.ts';

/** More of a body is not looked through again. */
export const maxSalvagedBytes = 256 * 1024;

/** What could be saved of a body that its decoder has failed at. */
export interface Salvaged {
  readonly bytes: Buffer;
  /** False when the body was complete, and what the decoder failed at came behind it. */
  readonly incomplete: boolean;
}

/**
 * Decodes as much of a body as can be. A decoder that fails throws away what it had decoded of the same piece, which is
 * mostly all of a body: it was cut off, its checksum is wrong, or something stands behind its end.
 *
 * @param coding Its one coding.
 * @param body At most {@link maxSalvagedBytes} long.
 * @returns Undefined for codings that are not understood in parts.
 */
export function salvage(coding: string, body: Buffer): Salvaged | undefined {
  const decode = decoderOf(coding, body);
  if (!decode) return undefined;
  // A beginning that can be decoded ends before the fault, so that the longest one is found by halving.
  let [good, bad] = [0, body.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decode(body.subarray(0, middle), constants.Z_SYNC_FLUSH)) good = middle;
    else bad = middle;
  }
  const bytes = decode(body.subarray(0, good), constants.Z_SYNC_FLUSH);
  if (!bytes || good === 0) return { bytes: Buffer.alloc(0), incomplete: true };
  // The first bytes behind a body may look like another one that begins.
  const ends = Array.from({ length: Math.min(longestHeader, good) }, (_, behind) => good - behind);
  const isComplete = ends.some((end) => decode(body.subarray(0, end), constants.Z_FINISH) !== undefined);
  return { bytes, incomplete: !isComplete };
}

/** Bytes of a gzip header without its optional parts, and one. */
const longestHeader = 11;

type Decode = (bytes: Buffer, finishFlush: number) => Buffer | undefined;

function decoderOf(coding: string, body: Buffer): Decode | undefined {
  const decode = coding === 'deflate' ? (isZlib(body) ? inflateSync : inflateRawSync) : gunzipSync;
  if (!['gzip', 'x-gzip', 'deflate'].includes(coding)) return undefined;
  return (bytes, finishFlush) => {
    try {
      // More than what is kept says that there was more.
      return decode(bytes, { finishFlush, maxOutputLength: 2 * maxKeptResponseBytes });
    } catch {
      return undefined;
    }
  };
}
