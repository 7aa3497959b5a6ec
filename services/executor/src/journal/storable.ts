/** Text as PostgreSQL can keep it: it has no NUL and no lone surrogates, which become U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** JSON text of what others sent, with every string in it made storable. */
export function storableJson(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, item: unknown) => {
      if (typeof item === 'string') return storableText(item);
      // AMQP has 64-bit numbers, JSON has none that are exact.
      return typeof item === 'bigint' ? item.toString() : item;
    });
  } catch (error) {
    // Nested deeper than the stack is high. That it came is worth keeping, even without what it said.
    if (error instanceof RangeError) return JSON.stringify({ unreadable: error.message });
    throw error;
  }
}
