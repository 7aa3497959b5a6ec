/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether an HTTP header can be called so. */
export function isHeaderName(text: string): boolean {
  return token.test(text);
}
