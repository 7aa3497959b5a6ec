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
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Whether objects and arrays nest deeper in a JSON text than some levels, found without parsing it: a text of a million
 * brackets parses, but whatever walks the result afterwards runs out of stack. The text need not be valid.
 */
export function nestsDeeperThan(levels: number, text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      i = endOfString(text, i);
      if (i === -1) return false;
    } else if (code === openBrace || code === openBracket) {
      if (++depth > levels) return true;
    } else if (code === closeBrace || code === closeBracket) depth--;
  }
  return false;
}

/** Goes through the members of a JSON object, with the place of each value in the text. */
function eachMember(text: string, tell: (name: string, start: number, end: number) => void): void {
  let depth = 0;
  let name: string | undefined;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      const end = endOfString(text, i);
      if (depth === 1) name ??= JSON.parse(text.slice(i, end + 1)) as string;
      i = end;
    } else if (code === colon) {
      if (depth === 1) start = i + 1;
    } else if (code === openBrace || code === openBracket) depth++;
    else if (code === comma || code === closeBrace || code === closeBracket) {
      if (depth === 1 && name !== undefined) {
        tell(name, start, i);
        name = undefined;
      }
      if (code !== comma) depth--;
    }
  }
}

/**
 * The members of a JSON object, each value as it is written, so that it can go on without being parsed and printed. Of
 * members with one name the last one counts, as it does for `JSON.parse`.
 *
 * @param text A valid JSON text of an object.
 */
export function memberTexts(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  eachMember(text, (name, start, end) => members.set(name, text.slice(start, end).trim()));
  return members;
}

/**
 * The text of a JSON object with another value for one of its members, and everything else as it is written. A member
 * that it lacks becomes the first one.
 *
 * @param text A valid JSON text of an object.
 * @param value A JSON text.
 */
export function withMember(text: string, name: string, value: string): string {
  const places = new Map<string, readonly [start: number, end: number]>();
  eachMember(text, (each, start, end) => places.set(each, [start, end]));
  const place = places.get(name);
  if (place) {
    const written = text.slice(...place);
    return text.slice(0, place[0]) + written.replace(written.trim(), () => value) + text.slice(place[1]);
  }
  const first = text.indexOf('{') + 1;
  return `${text.slice(0, first)}${JSON.stringify(name)}:${value}${places.size === 0 ? '' : ','}${text.slice(first)}`;
}

/**
 * The members of a JSON object, and of one object in it, whose name another member beside them has. Readers differ in
 * which of them they take, so that two of them may see two different things.
 *
 * @param text A valid JSON text of an object.
 * @param within The name of the object in it that is looked at as well.
 * @returns Names, those within it as a path: `event.id`.
 */
export function repeatedMembers(text: string, within?: string): string[] {
  const repeated: string[] = [];
  const outer = new Set<string>();
  let inner: Set<string> | undefined;
  let lastOuter: string | undefined;
  let depth = 0;
  let isName = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      const end = endOfString(text, i);
      if (isName && (depth === 1 || (depth === 2 && lastOuter === within))) {
        const names = depth === 1 ? outer : (inner ??= new Set());
        const name = nameIn(text, i, end);
        if (names.has(name)) repeated.push(depth === 1 ? name : `${within!}.${name}`);
        names.add(name);
        if (depth === 1) lastOuter = name;
      }
      isName = false;
      i = end;
    } else if (code === openBrace) {
      depth++;
      isName = true;
      if (depth === 2) inner = undefined;
    } else if (code === openBracket) depth++;
    else if (code === comma) isName = true;
    else if (code === closeBrace || code === closeBracket) depth--;
  }
  return repeated;
}

function nameIn(text: string, start: number, end: number): string {
  const name = text.slice(start + 1, end);
  return name.includes('\\') ? (JSON.parse(text.slice(start, end + 1)) as string) : name;
}

/** The place of the quote that ends the string that begins at a place; -1 when none does. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, place: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(place - 1 - backslashes) === backslash) backslashes++;
  return backslashes % 2 === 1;
}
