import { maxIdentifierBytes } from '../text-formats.ts';
import type { JsonObject } from '../json.ts';

/** No control characters. */
export const identifierPattern = '^[^\\u0000-\\u001F\\u007F-\\u009F]*$';

/**
 * A text that names something, by the rules of `identifierFault`. Schemas count characters instead of bytes: a text
 * with characters beyond ASCII may still be too long, as its description says.
 */
export function identifierSchema(description: string): JsonObject {
  return {
    type: 'string',
    minLength: 1,
    maxLength: maxIdentifierBytes,
    pattern: identifierPattern,
    description: `${description}. At most ${maxIdentifierBytes} bytes of UTF-8`,
  };
}

export function orNull(schema: JsonObject): JsonObject {
  const { description, ...rest } = schema;
  return { oneOf: [rest, { type: 'null' }], ...(description !== undefined && { description }) };
}

/** W3C Trace Context, version 00. */
export const traceparentPattern = '^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$';

export const uuidSchema = (description: string): JsonObject => ({ type: 'string', format: 'uuid', description });
