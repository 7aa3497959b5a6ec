/** A JSON value as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

/** True for `{…}`: not for null, and not for an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with raw texts (ECMAScript 2026), which TypeScript's library does not describe yet. */
const rawJson = JSON as unknown as { rawJSON(text: string): object };

/**
 * Writes JSON in which a bigint is a number with all of its digits: what JavaScript has for a whole number beyond 2^53.
 *
 * @throws {TypeError} When the value refers to itself.
 */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? rawJson.rawJSON(String(item)) : item,
  );
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
