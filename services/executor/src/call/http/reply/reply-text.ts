import { TextDecoder } from 'node:util';

/** Byte order marks, which say more than what a header says (WHATWG Encoding, "BOM sniff"). */
const marks: readonly [mark: Buffer, label: string][] = [
  [Buffer.from([0xef, 0xbb, 0xbf]), 'utf-8'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
];

const charsetParameter = /;\s*charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;]+))/i;

/** How XML in UTF-16 begins where it has no mark: `<?` (XML 1.0, appendix F). */
const wideXml: readonly [beginning: Buffer, label: string][] = [
  [Buffer.from([0x3c, 0, 0x3f, 0]), 'utf-16le'],
  [Buffer.from([0, 0x3c, 0, 0x3f]), 'utf-16be'],
];

const xmlDeclaration = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/;
const longestDeclaration = 200;

/**
 * The text of a reply in the charset that it says it is in: by a byte order mark, by the header `content-type`, or by
 * its XML declaration (RFC 7303); else in UTF-8. Bytes that are no text become U+FFFD.
 *
 * @param cut Whether the bytes end where more came, which may be within a character.
 */
export function replyText(bytes: Buffer, contentType: string | string[] | undefined, cut: boolean): string {
  const label = beginning(marks, bytes) ?? charsetOf(contentType) ?? declaredIn(bytes) ?? 'utf-8';
  // Nearly always, and much faster than a decoder, which also removes a byte order mark.
  if (isUtf8(label) && !cut && bytes[0] !== marks[0]![0][0]) return bytes.toString('utf8');
  return decoderOf(label).decode(bytes, { stream: cut });
}

function beginning(known: typeof marks, bytes: Buffer): string | undefined {
  return known.find(([start]) => bytes.subarray(0, start.length).equals(start))?.[1];
}

function charsetOf(contentType: string | string[] | undefined): string | undefined {
  if (contentType === undefined) return undefined;
  const [, double, single, bare] = charsetParameter.exec(String(contentType)) ?? [];
  return (double ?? single ?? bare)?.trim();
}

/** What XML declares of itself. A declaration that can be read as ASCII is not in UTF-16, whatever it says. */
function declaredIn(bytes: Buffer): string | undefined {
  const wide = beginning(wideXml, bytes);
  if (wide !== undefined || bytes[0] !== 0x3c) return wide;
  const label = xmlDeclaration.exec(bytes.toString('latin1', 0, longestDeclaration))?.[1];
  return label !== undefined && /^utf-?16/i.test(label) ? undefined : label;
}

function isUtf8(label: string): boolean {
  return /^utf-?8$/i.test(label);
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
