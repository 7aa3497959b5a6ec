/**
 * A text on one line, with nothing in it that a terminal would take for a command: what handlers answer and what events hold comes from
 * outside.
 */
export function plainLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/** The same, on as many lines as it has. */
export function plainText(text: string): string {
  return text.split('\n').map(plainLine).join('\n');
}
