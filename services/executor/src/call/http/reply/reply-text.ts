import { TextDecoder } from 'node:util';

/** Byte order marks, which say more than what a header says (WHATWG Encoding, "BOM sniff"). */
const marks: readonly [mark: Buffer, label: string][] = [
  [Buffer.from([0xef, 0xbb, 0xbf]), 'utf-8'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
];

const charsetParameter = /;\s*charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;]+))/i;

/**
 * The text of a reply in the charset that it says it is in, by a byte order mark or by the header `content-type`, else
 * in UTF-8. Bytes that are no text become U+FFFD.
 *
 * @param cut Whether the bytes end where more came, which may be within a character.
 */
export function replyText(bytes: Buffer, contentType: string | string[] | undefined, cut: boolean): string {
  const label = marks.find(([mark]) => bytes.subarray(0, mark.length).equals(mark))?.[1] ?? charsetOf(contentType);
  // Nearly always, and much faster than a decoder.
  if (label === undefined && !cut) return bytes.toString('utf8');
  return decoderOf(label ?? 'utf-8').decode(bytes, { stream: cut });
}

/** Undefined for UTF-8, and where there is none. */
function charsetOf(contentType: string | string[] | undefined): string | undefined {
  if (contentType === undefined) return undefined;
  const [, double, single, bare] = charsetParameter.exec(String(contentType)) ?? [];
  const label = (double ?? single ?? bare)?.trim();
  return label === undefined || /^utf-?8$/i.test(label) ? undefined : label;
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
