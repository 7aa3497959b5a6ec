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
