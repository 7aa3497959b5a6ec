/** The code that Node and its libraries put on an error, or an empty string. */
export function errorCode(error: unknown): string {
  // Not by instanceof: errors of Node's own may come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What OpenSSL says of a certificate whose authority is not trusted. */
const untrusted = /^(SELF_SIGNED_|DEPTH_ZERO_SELF_|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF))/;

/**
 * What an error says, in words for operators: Node advises options of its own command line, which they do not start.
 *
 * @param whereTrusted The setting that says whom to trust.
 * @param code Of Node's.
 */
export function errorMessage(error: Error, whereTrusted: string, code = errorCode(error)): string {
  const message = error.message.replace(/; if the root CA is installed locally.*$/s, '');
  if (untrusted.test(code)) return `${message}: a private authority has to be in ${whereTrusted}`;
  return message || code || error.name;
}
