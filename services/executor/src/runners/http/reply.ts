import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { maxKeptResponseBytes } from '#contracts';
import { errorCode } from '../error-code.ts';

const decoders: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

export interface KeptReply {
  text: string;
  /** True when there was more, or when it could not be decoded to the end. */
  truncated: boolean;
}

/**
 * Reads what is kept of a reply, decompressed, and lets go of the rest: neither an endless body nor a small one that
 * unpacks to gigabytes takes more memory than that.
 *
 * @throws When the connection ends before the body does.
 */
export async function readReply(body: Readable, contentEncoding: string | string[] | undefined): Promise<KeptReply> {
  const chunks: Buffer[] = [];
  let length = 0;
  let truncated = false;
  try {
    for await (const chunk of decode(body, contentEncoding) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxKeptResponseBytes) {
        truncated = true;
        break;
      }
    }
  } catch (error) {
    if (!isDecodingError(error)) throw error;
    truncated = true;
  }
  return { text: Buffer.concat(chunks).subarray(0, maxKeptResponseBytes).toString('utf8'), truncated };
}

/** Response headers with one value each. */
export function recordHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Takes off the codings in the reverse order of their application; one that is not known is left on. */
function decode(body: Readable, contentEncoding: string | string[] | undefined): Readable {
  const codings = String(contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  let stream = body;
  for (const coding of codings.reverse()) {
    const decoder = decoders[coding];
    if (!decoder) return stream;
    // Errors reach whoever reads the last stream.
    stream = pipeline(stream, decoder(), () => {});
  }
  return stream;
}

function isDecodingError(error: unknown): boolean {
  return /^(Z_|ZSTD_|BROTLI|ERR__ERROR)/.test(errorCode(error));
}
