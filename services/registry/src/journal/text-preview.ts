import { isUtf8 } from 'node:buffer';

/** The bytes of the longest UTF-8 character. */
const longestCharacter = 4;

/**
 * Bytes as text, or null when they are not UTF-8.
 *
 * @param cut True when more bytes followed, so that the last character may be there in part; it is left out then.
 */
export function textPreview(bytes: Buffer, cut: boolean): string | null {
  const shortest = cut ? Math.max(0, bytes.length - longestCharacter + 1) : bytes.length;
  for (let end = bytes.length; end >= shortest; end--) {
    const part = bytes.subarray(0, end);
    if (isUtf8(part)) return part.toString('utf8');
  }
  return null;
}
