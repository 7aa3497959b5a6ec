import { UsageError } from '../cli-error.ts';

/**
 * Headers, each given as `name: value`.
 *
 * @throws {UsageError}
 */
export function headersOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(given.map(headerOf));
}

function headerOf(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError(`--header must be "name: value", not ${JSON.stringify(text)}`);
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}
