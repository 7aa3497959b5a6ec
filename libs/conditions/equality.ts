import type { Meter } from './scope.ts';
import { Duration, Fault, isNumeric, kindOf, Timestamp, TypeName, Uint, type MapKey, type Value } from './values.ts';

/** A number of the event, such as 1E400, that no double holds. */
export const beyondDouble = 'a number of the event is too large for a double';

/**
 * Whether two values are equal: numbers by value, whatever their kinds, lists and maps by what is in them; values of
 * other kinds than each other are different.
 */
export function areEqual(one: Value, other: Value, meter: Meter): boolean | Fault {
  meter.steps(2);
  if (typeof one === 'string') {
    if (typeof other !== 'string' || one.length !== other.length) return false;
    meter.copy(one.length);
    return one === other;
  }
  const kind = kindOf(one);
  const otherKind = kindOf(other);
  if (isNumeric(kind)) return isNumeric(otherKind) ? equalNumbers(one, other) : false;
  if (kind !== otherKind) return false;
  if (kind === 'list') return equalLists(one as readonly Value[], other as readonly Value[], meter);
  if (kind === 'map') return equalMaps(one as MapValue, other as MapValue, meter);
  return equalPlain(one, other, meter);
}

type MapValue = ReadonlyMap<MapKey, Value>;

function equalNumbers(one: Value, other: Value): boolean | Fault {
  const [a, b] = [plainNumber(one), plainNumber(other)];
  // JavaScript compares a bigint with a number exactly.
  return isHeld(a) && isHeld(b) ? a == b : new Fault(beyondDouble);
}

function equalLists(one: readonly Value[], other: readonly Value[], meter: Meter): boolean | Fault {
  if (one.length !== other.length) return false;
  for (const [index, item] of one.entries()) {
    const equal = areEqual(item, other[index]!, meter);
    if (equal !== true) return equal;
  }
  return true;
}

function equalMaps(one: MapValue, other: MapValue, meter: Meter): boolean | Fault {
  if (one.size !== other.size) return false;
  for (const [key, value] of one) {
    if (typeof key === 'string') meter.copy(key.length);
    meter.steps(2);
    const counterpart = other.get(key);
    if (counterpart === undefined) return false;
    const equal = areEqual(value, counterpart, meter);
    if (equal !== true) return equal;
  }
  return true;
}

function equalPlain(one: Value, other: Value, meter: Meter): boolean {
  if (one instanceof Timestamp || one instanceof Duration) {
    return one.nanoseconds === (other as Timestamp | Duration).nanoseconds;
  }
  if (one instanceof TypeName) return one.name === (other as TypeName).name;
  if (one instanceof Uint8Array) {
    meter.copy(one.length);
    return Buffer.compare(one, other as Uint8Array) === 0;
  }
  return one === other;
}

/** An int, uint or double as JavaScript compares it. */
export function plainNumber(value: Value): bigint | number {
  return value instanceof Uint ? value.value : (value as bigint | number);
}

function isHeld(number: bigint | number): boolean {
  return typeof number === 'bigint' || Number.isFinite(number);
}

export const orderings = ['<', '<=', '>', '>='] as const;
export type Ordering = (typeof orderings)[number];

/** Whether values of these kinds have an order. */
export function areOrdered(one: string, other: string): boolean {
  const bothNumbers = numeric.has(one) && numeric.has(other);
  return bothNumbers || (one === other && ['bool', 'string', 'timestamp', 'duration'].includes(one));
}

const numeric = new Set(['int', 'uint', 'double']);

/** Compares two values of kinds that have an order. */
export function isOrdered(ordering: Ordering, one: Value, other: Value, meter: Meter): boolean | Fault {
  if (typeof one === 'string') {
    const text = other as string;
    meter.visit(Math.min(one.length, text.length));
    return follows(ordering, compareByCodePoints(one, text), 0);
  }
  if (typeof one === 'boolean') return follows(ordering, Number(one), Number(other));
  if (one instanceof Timestamp || one instanceof Duration) {
    return follows(ordering, one.nanoseconds, (other as Timestamp | Duration).nanoseconds);
  }
  const [a, b] = [plainNumber(one), plainNumber(other)];
  return isHeld(a) && isHeld(b) ? follows(ordering, a, b) : new Fault(beyondDouble);
}

function follows(ordering: Ordering, one: bigint | number, other: bigint | number): boolean {
  if (ordering === '<') return one < other;
  if (ordering === '<=') return one <= other;
  return ordering === '>' ? one > other : one >= other;
}

/** JavaScript compares UTF-16 units, which puts characters beyond U+FFFF before some that they follow. */
function compareByCodePoints(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  for (let i = 0; i < shorter; i++) {
    const a = one.charCodeAt(i);
    const b = other.charCodeAt(i);
    if (a === b) continue;
    const [aIsSurrogate, bIsSurrogate] = [isSurrogate(a), isSurrogate(b)];
    return aIsSurrogate === bIsSurrogate ? a - b : Number(aIsSurrogate) - Number(bIsSurrogate);
  }
  return one.length - other.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
