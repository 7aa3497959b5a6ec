/**
 * All but printable ASCII, spaces at either end, which a receiver would take away, and the sign that the encoding
 * itself uses.
 */
const toBeEncoded = /[^\x20-\x7e]+|%|^ +| +$/g;

/**
 * Billing chooses its event ids. What a header cannot carry is percent-encoded as UTF-8, and so is `%`, so that a
 * receiver gets each id back with `decodeURIComponent` or its like, and no two ids look the same.
 */
export function headerText(text: string): string {
  return text.replace(toBeEncoded, encodeURIComponent);
}
