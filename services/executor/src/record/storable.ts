/** Text as PostgreSQL can keep it: it has no NUL and no lone surrogates, which become U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/**
 * What JSON.stringify writes for a NUL or a lone surrogate; in a text it may also stand for a backslash and what
 * follows.
 */
const unstorable = /\\u(?:0000|d[89a-f])/;

/** JSON text of what others sent, with every string in it made storable. */
export function storableJson(value: unknown): string {
  try {
    const text = stringified(value);
    // Nearly nothing needs more than this look, which takes a fraction of the time of looking at each string.
    return text !== undefined && !unstorable.test(text) ? text : JSON.stringify(value, storableItem);
  } catch (error) {
    // Nested deeper than the stack is high. That it came is worth keeping, even without what it said.
    if (error instanceof RangeError) return JSON.stringify({ unreadable: error.message });
    throw error;
  }
}

/**
 * What AMQP has and JSON has not, as JSON can keep it: bytes as `{"!": "bytes", "value": base64}`, in the way that
 * decimals and timestamps come, and numbers that JSON has no digits for as text.
 */
export function inJson(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return { '!': 'bytes', value: value.toString('base64') };
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inJson);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inJson(item)]));
}

/** Undefined when it holds what JSON does not know. */
function stringified(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function storableItem(_key: string, item: unknown): unknown {
  if (typeof item === 'string') return storableText(item);
  // AMQP has 64-bit numbers, JSON has none that are exact.
  return typeof item === 'bigint' ? item.toString() : item;
}
