import type { SearchField } from './search-field.ts';

/** The longest value that is indexed, in UTF-16 units: longer ones are texts, which users do not type. */
export const longestValue = 200;

/** A value that an event has in a field. */
export interface FieldValue {
  /** Name of the field. */
  readonly field: string;
  /** A string without quotes and escapes; a number or a boolean as it is written. */
  readonly value: string;
}

/** What the scan looks for below a place in the event. */
interface Place {
  readonly field?: string;
  readonly below: ReadonlyMap<string, Place>;
}

/**
 * Finds the values of some fields in the body of an event: strings, numbers with all of their digits, booleans, and
 * each of these in a list. It reads the text once and makes nothing of what is not asked for, since executors do this
 * for every event.
 *
 * Strings that are a document themselves (`{…` or `[…`) are left out: redaction hides fields in them.
 */
export class FieldValues {
  readonly #root: Place;

  constructor(fields: readonly SearchField[]) {
    const data = placeOf(fields.map(({ name, path }) => ({ name, path })));
    this.#root = { below: new Map([['data', data]]) };
  }

  /**
   * The values, each once.
   *
   * @param body A checked event as JSON: valid, and not deeply nested.
   */
  of(body: string): FieldValue[] {
    const scan = new Scan(body);
    scan.object(this.#root);
    return scan.found;
  }
}

function placeOf(fields: readonly SearchField[]): Place {
  const own = fields.find(({ path }) => path.length === 0);
  const deeper = fields.filter(({ path }) => path.length > 0);
  const below = new Map<string, Place>();
  for (const [first, group] of Map.groupBy(deeper, ({ path }) => path[0]!)) {
    below.set(first, placeOf(group.map(({ name, path }) => ({ name, path: path.slice(1) }))));
  }
  return own ? { field: own.name, below } : { below };
}

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const space = 0x20;

class Scan {
  readonly found: FieldValue[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  object(place: Place): void {
    this.#peek();
    this.#at++;
    if (this.#peek() === closeBrace) {
      this.#at++;
      return;
    }
    do {
      this.#peek();
      const next = place.below.get(this.#string());
      this.#peek();
      this.#at++; // the colon
      if (next) this.#value(next);
      else this.#skip();
    } while (this.#endOfItem() === comma);
  }

  #value(place: Place): void {
    const code = this.#peek();
    if (code === openBrace && place.below.size > 0) this.object(place);
    else if (place.field === undefined) this.#skip();
    else if (code === openBracket) this.#list(place.field);
    else if (code === openBrace) this.#skip();
    else this.#leaf(place.field);
  }

  #list(field: string): void {
    this.#at++;
    if (this.#peek() === closeBracket) {
      this.#at++;
      return;
    }
    do {
      const code = this.#peek();
      if (code === openBrace || code === openBracket) this.#skip();
      else this.#leaf(field);
    } while (this.#endOfItem() === comma);
  }

  #leaf(field: string): void {
    const isString = this.#peek() === quote;
    const start = this.#at;
    const value = isString ? this.#string() : this.#word();
    const isIndexed = isString ? !isDocument(value) : value !== 'null';
    // What is much longer as it is written is not looked at: an escape takes six characters at most.
    if (this.#at - start > 6 * longestValue + 2 || value === '' || value.length > longestValue || !isIndexed) return;
    if (!this.found.some((known) => known.field === field && known.value === value)) this.found.push({ field, value });
  }

  #string(): string {
    const start = this.#at;
    const escapes = this.#passString();
    const raw = this.#text.slice(start, this.#at);
    return escapes ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  }

  /** A number, `true`, `false` or `null`. */
  #word(): string {
    const start = this.#at;
    let code = this.#text.charCodeAt(this.#at);
    while (code > space && code !== comma && code !== closeBrace && code !== closeBracket) {
      code = this.#text.charCodeAt(++this.#at);
    }
    return this.#text.slice(start, this.#at);
  }

  #skip(): void {
    const first = this.#peek();
    if (first === quote) this.#passString();
    else if (first === openBrace || first === openBracket) this.#passContainer();
    else this.#word();
  }

  #passContainer(): void {
    let depth = 0;
    do {
      const code = this.#text.charCodeAt(this.#at);
      if (code === quote) this.#passString();
      else {
        if (code === openBrace || code === openBracket) depth++;
        else if (code === closeBrace || code === closeBracket) depth--;
        this.#at++;
      }
    } while (depth > 0);
  }

  /** @returns Whether the string has escapes. */
  #passString(): boolean {
    let escapes = false;
    let code = this.#text.charCodeAt(++this.#at);
    while (code !== quote) {
      if (code === backslash) {
        escapes = true;
        this.#at++;
      }
      code = this.#text.charCodeAt(++this.#at);
    }
    this.#at++;
    return escapes;
  }

  #endOfItem(): number {
    const code = this.#peek();
    this.#at++;
    return code;
  }

  /** The next character that is no white space. */
  #peek(): number {
    let code = this.#text.charCodeAt(this.#at);
    while (code <= space) code = this.#text.charCodeAt(++this.#at);
    return code;
  }
}

function isDocument(text: string): boolean {
  return /^\s*[[{]/.test(text);
}
