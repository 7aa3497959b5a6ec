/** A JSON value as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

/** True for `{…}`: not for null, and not for an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON.parse with source text access (ECMAScript 2026), which TypeScript's library does not describe yet. */
const sourceTextJson = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): object;
};

/**
 * Parses a JSON text so that `JSON.stringify` writes every number as it stood: 64-bit ids must not lose their last digits.
 * What stands for a number can be written, and nothing else.
 *
 * @throws {SyntaxError}
 */
export function parseKeepingNumbers(text: string): unknown {
  return sourceTextJson.parse(text, (_key, value, { source }) =>
    typeof value === 'number' ? sourceTextJson.rawJSON(source!) : value,
  );
}

/**
 * What is wrong with a text that cannot be parsed, from what JSON.parse threw. That may quote the text, and with it what
 * belongs in no log and no answer; here only the character is left at which it failed.
 */
export function jsonFault({ message }: SyntaxError): string {
  if (!message.endsWith('is not valid JSON')) return message;
  return /^Unexpected token '.{1,2}'/s.exec(message)?.[0] ?? 'Unexpected text';
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * How deep objects and arrays nest in a JSON text, found without parsing it: a text of a million brackets parses, but
 * whatever walks the result afterwards runs out of stack. The text need not be valid.
 */
export function nestingDepth(text: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const byte = text[i];
    if (inString) {
      if (byte === backslash) i++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openBrace || byte === openBracket) deepest = Math.max(deepest, ++depth);
    else if (byte === closeBrace || byte === closeBracket) depth--;
  }
  return deepest;
}
