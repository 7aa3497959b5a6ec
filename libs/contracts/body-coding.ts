/** The first bytes of a body that is compressed, or encoded as another text than UTF-8. */
const beginnings: readonly [name: string, bytes: readonly number[]][] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
];
/** RFC 1950: compression level and check bits of the usual window. */
const zlibSecondBytes = new Set([0x01, 0x5e, 0x9c, 0xda]);

/** The compression that bytes show by how they begin; undefined for none that is known. */
export function compressionOf(content: Uint8Array): string | undefined {
  if (content[0] === 0x78 && zlibSecondBytes.has(content[1]!)) return 'zlib (deflate)';
  return beginnings.find(([, bytes]) => bytes.every((byte, at) => content[at] === byte))?.[0];
}

/** The encoding of a text that is not UTF-8, where a byte order mark or its zeros tell it. */
export function otherEncodingOf(content: Uint8Array): string | undefined {
  const [first, second, third, fourth] = content;
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'UTF-32' : 'UTF-16';
  if (first === 0xfe && second === 0xff) return 'UTF-16';
  return undefined;
}

/** The place of the first byte that is no part of a text in UTF-8, counted from 0; undefined when there is none. */
export function firstByteNotUtf8(content: Buffer): number | undefined {
  const text = content.toString('utf8');
  let [bytes, counted] = [0, 0];
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) {
    bytes += Buffer.byteLength(text.slice(counted, at));
    counted = at;
    // The character itself may be in a text.
    if (!(content[bytes] === 0xef && content[bytes + 1] === 0xbf && content[bytes + 2] === 0xbd)) return bytes;
  }
  return undefined;
}
