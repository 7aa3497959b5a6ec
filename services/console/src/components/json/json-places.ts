/** Where something stands in a text. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A text is no JSON, from a place on. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

export interface JsonPlaces {
  /** Undefined when the text is JSON. */
  readonly fault: JsonFault | undefined;
  /**
   * Where the value of each field stands, by its path as the API writes it: `event.dt`, `data.numbers[1]`; the whole
   * under ''.
   */
  readonly places: ReadonlyMap<string, Place>;
}

/** Deeper than any event may be; the reading goes as deep as the text. */
const mostLevels = 200;

class Unreadable extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads a text as JSON (RFC 8259) for what JSON.parse does not tell: where each value stands, and, in the same words in
 * every browser, where the text goes wrong.
 */
export function jsonPlaces(text: string): JsonPlaces {
  const reader = new Reader(text);
  try {
    reader.document();
    return { fault: undefined, places: reader.places };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { fault: { offset: error.offset, message: error.message }, places: reader.places };
  }
}

/** Where a field stands, or what it would stand in when it is missing. */
export function placeOf(field: string, { places }: JsonPlaces): Place | undefined {
  for (let path = field; ; path = path.replace(/(^|\.)[^.[]*$|\[\d+\]$/, '')) {
    const found = places.get(path);
    if (found ?? path === '') return found;
  }
}

/** Line and column of a place, from 1, as editors count them. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

class Reader {
  readonly places = new Map<string, Place>();
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value('', 0);
    if (this.#at < this.#text.length) this.#fail('unexpected text after the value');
  }

  #value(path: string, level: number): void {
    if (level > mostLevels) this.#fail(`nests deeper than ${mostLevels} levels`);
    this.#skipSpace();
    const offset = this.#at;
    if (this.#take('{')) this.#members(path, level);
    else if (this.#take('[')) this.#elements(path, level);
    else if (this.#text[offset] === '"') this.#string();
    else if (this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y) === undefined)
      this.#fail(offset === this.#text.length ? 'a value is missing at the end' : 'expected a value');
    this.places.set(path, { offset, length: this.#at - offset });
    this.#skipSpace();
  }

  #members(path: string, level: number): void {
    this.#skipSpace();
    if (this.#take('}')) return;
    do {
      this.#skipSpace();
      const name = this.#string();
      this.#skipSpace();
      if (!this.#take(':')) this.#fail('expected a colon');
      this.#value(path === '' ? name : `${path}.${name}`, level + 1);
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('expected a comma or }');
  }

  #elements(path: string, level: number): void {
    this.#skipSpace();
    if (this.#take(']')) return;
    let index = 0;
    do this.#value(`${path}[${index++}]`, level + 1);
    while (this.#take(','));
    if (!this.#take(']')) this.#fail('expected a comma or ]');
  }

  #string(): string {
    if (this.#text[this.#at] !== '"') this.#fail('expected a string in double quotes');
    const quoted = this.#match(/"(?:[^"\\\p{Cc}]|\\["\\/bfnrt]|\\u[\da-fA-F]{4}|[\u007f-\u009f])*"/uy);
    if (quoted === undefined) this.#fail('unterminated string, or a character that must be escaped');
    return JSON.parse(quoted) as string;
  }

  #skipSpace(): void {
    this.#match(/[ \t\n\r]*/y);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(message: string): never {
    throw new Unreadable(this.#at, message);
  }
}
