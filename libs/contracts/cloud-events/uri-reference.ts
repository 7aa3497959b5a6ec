/** RFC 3986, as far as its characters go. */
export const uriReferencePattern = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
/** What a URI-reference begins with that is a URI. */
export const uriPattern = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Whether a text may be the `source` of a CloudEvent: a URI-reference, and not empty. */
export function isUriReference(text: string): boolean {
  return uriReferencePattern.test(text);
}

/** Whether it is one with its scheme. */
export function isUri(text: string): boolean {
  return uriPattern.test(text) && isUriReference(text);
}
