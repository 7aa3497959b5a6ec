/** Where a text stops being JSON, and why. Lines and columns are counted from 1; a column is a UTF-16 code unit. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  /** What stands there and what should: `expected a value, found 'h'`. Of the text it quotes one character. */
  readonly what: string;
}

/**
 * What is wrong with a text that `JSON.parse` refuses, in words for people. The engine's own message lacks the place
 * for many errors, and quotes the text where it may hold what belongs in no log and no answer.
 */
export function jsonFault(text: string): string {
  const fault = findJsonFault(text);
  if (!fault) return 'it is JSON';
  return `${fault.what} (line ${fault.line} column ${fault.column})`;
}

/**
 * The first fault of a text by RFC 8259; undefined when it is JSON. It does not recurse, however deep the text nests.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    return undefined;
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    return { ...placeIn(text, error.at), what: error.what };
  }
}

/** Line and column of a place in a text. */
export function placeIn(text: string, at: number): { line: number; column: number } {
  let [line, start] = [1, 0];
  for (let found = text.indexOf('\n'); found !== -1 && found < at; found = text.indexOf('\n', found + 1)) {
    line += 1;
    start = found + 1;
  }
  return { line, column: at - start + 1 };
}

class Unexpected extends Error {
  override readonly name = 'Unexpected';
  readonly at: number;
  readonly what: string;

  constructor(at: number, what: string) {
    super(what);
    this.at = at;
    this.what = what;
  }
}

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words = ['true', 'false', 'null'];
const escapes = new Set('"\\/bfnrt');
const fourDigits = /[\da-fA-F]{4}/y;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    const open: ('}' | ']')[] = [];
    this.#space();
    for (;;) {
      const opened = this.#value();
      if (opened === '[' && !this.#closes(']')) {
        open.push(']');
        continue;
      }
      if (opened === '{' && !this.#closes('}')) {
        open.push('}');
        this.#name('a property name in double quotes, or }');
        continue;
      }
      if (!this.#goOn(open)) return;
    }
  }

  /** Behind a value: ends what ends there. False at the end of the text. */
  #goOn(open: ('}' | ']')[]): boolean {
    for (;;) {
      this.#space();
      const end = open.at(-1);
      if (end === undefined) {
        if (this.#at < this.#text.length) this.#fail('the end of the text');
        return false;
      }
      if (this.#takes(end)) {
        open.pop();
        continue;
      }
      if (!this.#takes(',')) this.#fail(`, or ${end}`);
      this.#space();
      if (end === '}') this.#name('a property name in double quotes');
      return true;
    }
  }

  /** Takes a value, or the beginning of an object or array, which it returns. */
  #value(): '{' | '[' | undefined {
    const character = this.#text[this.#at];
    if (character === '{' || character === '[') {
      this.#at += 1;
      return character;
    }
    if (character === '"') this.#string();
    else this.#numberOrWord();
    return undefined;
  }

  #numberOrWord(): void {
    const word = words.find((each) => this.#text.startsWith(each, this.#at));
    if (word !== undefined) this.#at += word.length;
    else if (!this.#matches(number)) this.#fail('a value');
  }

  /** Takes the name of a member and its colon. */
  #name(expected: string): void {
    if (this.#text[this.#at] !== '"') this.#fail(expected);
    this.#string();
    this.#space();
    if (!this.#takes(':')) this.#fail(':');
    this.#space();
  }

  #string(): void {
    const start = this.#at;
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at]!;
      if (character === '"') {
        this.#at += 1;
        return;
      }
      if (character < ' ') this.#fail('an escape such as \\n in place of a control character');
      if (character === '\\') this.#escape();
    }
    throw new Unexpected(start, 'a string begins here and does not end');
  }

  /** Leaves the place at the last character of the escape. */
  #escape(): void {
    this.#at += 1;
    const character = this.#text[this.#at];
    if (character !== undefined && escapes.has(character)) return;
    if (character !== 'u') this.#fail('one of " \\ / b f n r t u behind the backslash');
    this.#at += 1;
    if (!this.#matches(fourDigits)) this.#fail('four hexadecimal digits');
    this.#at -= 1;
  }

  #closes(end: string): boolean {
    this.#space();
    return this.#takes(end);
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #space(): void {
    this.#matches(space);
  }

  #fail(expected: string): never {
    throw new Unexpected(this.#at, `expected ${expected}, found ${shown(this.#text, this.#at)}`);
  }
}

const unseen = /[\p{C}\p{Z}]/u;

/** One character, so that it can be seen. */
function shown(text: string, at: number): string {
  const code = text.codePointAt(at);
  if (code === undefined) return text.length === 0 ? 'nothing' : 'the end of the text';
  if (code === 0xfeff) return 'a byte order mark (U+FEFF)';
  const character = String.fromCodePoint(code);
  return unseen.test(character) ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : `'${character}'`;
}
