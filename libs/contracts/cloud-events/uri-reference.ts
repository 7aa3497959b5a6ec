/** RFC 3986, as far as its characters go. */
const pattern = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;

/** Whether a text may be the `source` of a CloudEvent: a URI-reference, and not empty. */
export function isUriReference(text: string): boolean {
  return pattern.test(text);
}
