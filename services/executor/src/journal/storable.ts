/** Text as PostgreSQL can keep it: it has no NUL and no lone surrogates, which become U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** What JSON.stringify writes for a NUL or a lone surrogate; in a text it may also stand for a backslash and what follows. */
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
