/** The code that Node and its libraries put on an error, or an empty string. */
export function errorCode(error: unknown): string {
  // Not by instanceof: errors of Node's own may come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
