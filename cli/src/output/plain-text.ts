/**
 * A text on one line, without characters that a terminal takes for commands: responses of handlers and data of events
 * come from outside.
 */
export function plainLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/** The same, with its line breaks. */
export function plainText(text: string): string {
  return text.split('\n').map(plainLine).join('\n');
}
