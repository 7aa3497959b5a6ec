/**
 * A value of CEL. `int` is a bigint, `double` a number, and a list or an object of the event is an array or a Map. No
 * double is infinite or not a number, but for numbers of the event that a double cannot hold; what reads one of those
 * fails.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint
  | Uint8Array
  | Timestamp
  | Duration
  | TypeName
  | readonly Value[]
  | ReadonlyMap<MapKey, Value>;

/**
 * Keys of objects in JSON are strings; a map that a condition writes may have others. A `uint` key is kept as a bigint.
 */
export type MapKey = string | bigint | boolean;

/** A CEL `uint`: a whole number from 0 to 2^64 - 1. */
export class Uint {
  readonly value: bigint;

  constructor(value: bigint) {
    this.value = value;
  }
}

/** Nanoseconds since 1970, in the years 0000 to 9999. */
export class Timestamp {
  readonly nanoseconds: bigint;

  constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }

  get milliseconds(): number {
    return Number(floorDivided(this.nanoseconds, 1_000_000n));
  }
}

export class Duration {
  readonly nanoseconds: bigint;

  constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }
}

/** What `type(x)` gives. */
export class TypeName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Why a part of a condition has no value. A value itself, since `||`, `&&`, `all` and `exists` may come to a verdict
 * without that part.
 */
export class Fault {
  readonly message: string;
  /** Where it arose, in UTF-16 units of the condition. */
  readonly place: number | undefined;
  /**
   * The field that the event does not have, as the condition names it, `data.status`; undefined when the fault is
   * another.
   */
  readonly missing: string | undefined;

  constructor(message: string, place?: number, missing?: string) {
    this.message = message;
    this.place = place;
    this.missing = missing;
  }

  /** The same fault with its place, unless it has one. */
  at(place: number): Fault {
    return this.place === undefined ? new Fault(this.message, place, this.missing) : this;
  }
}

export const kinds = [
  'null',
  'bool',
  'int',
  'uint',
  'double',
  'string',
  'bytes',
  'list',
  'map',
  'timestamp',
  'duration',
  'type',
] as const;
export type Kind = (typeof kinds)[number];

export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'boolean':
      return 'bool';
    default:
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Map) return 'map';
  if (value instanceof Uint) return 'uint';
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof Duration) return 'duration';
  return value instanceof TypeName ? 'type' : 'bytes';
}

export function isNumeric(kind: Kind | 'dyn'): boolean {
  return kind === 'int' || kind === 'uint' || kind === 'double';
}

const articles: Readonly<Record<string, string>> = { int: 'an int', null: 'null', bytes: 'bytes', list: 'a list' };

/** A kind in a sentence: `an int`, `a string`. */
export function nameOf(kind: Kind | 'dyn'): string {
  return articles[kind] ?? `a ${kind}`;
}

/** A value as messages name it: with its size, and without what it says, which may be secret. */
export function sizeOf(value: Value): string {
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length} items`;
  if (value instanceof Map) return `a map of ${value.size} entries`;
  return nameOf(kindOf(value));
}

const mostQuoted = 64;

/** A text that a person wrote, in a message: what is longer than a name is cut off. */
export function quoted(text: string): string {
  return text.length > mostQuoted ? `${text.slice(0, mostQuoted).toWellFormed()}…` : text;
}

export const minInt = -(2n ** 63n);
export const maxInt = 2n ** 63n - 1n;
export const maxUint = 2n ** 64n - 1n;

/** Division that rounds down, also below zero. */
export function floorDivided(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
