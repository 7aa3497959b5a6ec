import { maxInt, maxUint, minInt, Uint, type Value } from './values.ts';

/**
 * Reads a JSON text with whole numbers as they stand: one without fraction and exponent is an `int`, exact to 64 bits;
 * a `uint` when it is beyond that and fits; a `double` when it is longer still. `1.0` and `1e3` are doubles. Objects
 * are Maps, so that no name of a member means anything to JavaScript; of members with one name the last one counts.
 *
 * Takes time of the text's length. It is three times as long as that of JSON.parse, and so is taken only for events
 * that have a condition.
 *
 * @param text Valid, and not deeply nested: that of a checked event.
 */
export function readExactJson(text: string): Value {
  return new Reader(text).value();
}

/** As {@link readExactJson}, of any text; undefined when it is not JSON, or nested deeper than the stack is high. */
export function readJson(text: string): Value | undefined {
  try {
    JSON.parse(text);
    return readExactJson(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const space = 0x20;
const zero = 0x30;
const nine = 0x39;
/** As many digits as a double holds exactly, whatever they are. */
const safeDigits = 15;

const noMembers: ReadonlyMap<string, Value> = new Map();
const noItems: readonly Value[] = [];

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): Value {
    switch (this.#peek()) {
      case openBrace:
        return this.#object();
      case openBracket:
        return this.#list();
      case quote:
        return this.#string();
      case 0x74: // true
        this.#at += 4;
        return true;
      case 0x66: // false
        this.#at += 5;
        return false;
      case 0x6e: // null
        this.#at += 4;
        return null;
      default:
        return this.#number();
    }
  }

  #object(): ReadonlyMap<string, Value> {
    this.#at++;
    if (this.#peek() === closeBrace) {
      this.#at++;
      return noMembers;
    }
    const members = new Map<string, Value>();
    for (;;) {
      this.#peek();
      const name = this.#string();
      this.#peek();
      this.#at++; // the colon
      members.set(name, this.value());
      if (this.#endOfItem() !== comma) return members;
    }
  }

  #list(): readonly Value[] {
    this.#at++;
    if (this.#peek() === closeBracket) {
      this.#at++;
      return noItems;
    }
    // With its first item, since a list that grows from nothing takes room for many.
    const items = [this.value()];
    while (this.#endOfItem() === comma) items.push(this.value());
    return items;
  }

  #endOfItem(): number {
    const code = this.#peek();
    this.#at++;
    return code;
  }

  #string(): string {
    const start = ++this.#at;
    let escapes = false;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === quote) break;
      if (code === backslash) {
        escapes = true;
        this.#at++;
      }
      this.#at++;
    }
    const end = this.#at++;
    return escapes ? (JSON.parse(this.#text.slice(start - 1, end + 1)) as string) : this.#text.slice(start, end);
  }

  #number(): Value {
    const start = this.#at;
    const isNegative = this.#text.charCodeAt(start) === minus;
    if (isNegative) this.#at++;
    const firstDigit = this.#at;
    let whole = 0;
    let code = this.#text.charCodeAt(this.#at);
    while (code >= zero && code <= nine) {
      whole = whole * 10 + (code - zero);
      code = this.#text.charCodeAt(++this.#at);
    }
    if (this.#at - firstDigit <= safeDigits && !continuesNumber(code)) return BigInt(isNegative ? -whole : whole);
    const isWhole = !continuesNumber(code);
    while (continuesNumber(code) || (code >= zero && code <= nine)) code = this.#text.charCodeAt(++this.#at);
    const written = this.#text.slice(start, this.#at);
    return isWhole ? longWhole(written) : Number(written);
  }

  /** The next character that is no white space. */
  #peek(): number {
    let code = this.#text.charCodeAt(this.#at);
    while (code <= space) code = this.#text.charCodeAt(++this.#at);
    return code;
  }
}

/** What of a number is no digit: its fraction, its exponent, and the sign of that. */
function continuesNumber(code: number): boolean {
  return code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === minus;
}

/** `2^64` has twenty digits, and a sign stands before some. */
const mostDigits = 21;

function longWhole(written: string): Value {
  if (written.length > mostDigits) return Number(written);
  const value = BigInt(written);
  if (value >= minInt && value <= maxInt) return value;
  return value > 0n && value <= maxUint ? new Uint(value) : Number(written);
}
