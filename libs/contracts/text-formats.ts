// What a text has to be like to be one of these.

/** The longest id, object id or partition key, in UTF-8 bytes: what an AMQP short string holds. */
export const maxIdentifierBytes = 255;

const controlCharacter = /\p{Cc}/u;

/**
 * What is wrong with a text that others gave us as a name for something (an event id, an object id, a partition key),
 * or undefined when it is usable: not empty, at most {@link maxIdentifierBytes}, no control characters (PostgreSQL
 * keeps no NUL, logs no line breaks), no lone surrogates (they have no UTF-8).
 */
export function identifierFault(text: string): string | undefined {
  if (text.length === 0) return 'must not be empty';
  if (!text.isWellFormed()) return 'must be well-formed Unicode';
  if (controlCharacter.test(text)) return 'must not contain control characters';
  if (Buffer.byteLength(text) > maxIdentifierBytes) return `must be at most ${maxIdentifierBytes} bytes long`;
  return undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is what the database takes for a UUID as it is usually written, of whatever version. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether an HTTP header can be called so. */
export function isHeaderName(text: string): boolean {
  return token.test(text);
}

/** RFC 5321: bytes of an address in all, and of the part before the `@`. */
const longestAddress = 254;
const longestLocalPart = 64;

/** RFC 5322, 3.2.3: a dot-atom. Quoted local parts are left out: hardly a mailbox has one. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** Labels of a host name; letters of any script, which are sent in Punycode. */
const domain = /^[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)*$/u;

/** What is wrong with an e-mail address, to be read after its field; undefined when it is one. */
export function emailAddressFault(address: unknown): string | undefined {
  if (typeof address !== 'string') return 'must be a string';
  const at = address.lastIndexOf('@');
  const [local, host] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  if (at < 1 || !localPart.test(local) || !domain.test(host)) {
    return 'must be an e-mail address like ops@example.org, without a name';
  }
  if (local.length > longestLocalPart) return `must have at most ${longestLocalPart} characters before the @`;
  return address.length > longestAddress ? `must be at most ${longestAddress} characters long` : undefined;
}
