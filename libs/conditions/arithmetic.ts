import { beyondDouble } from './equality.ts';
import type { Meter } from './scope.ts';
import {
  Duration,
  Fault,
  isNumeric,
  kindOf,
  maxInt,
  maxUint,
  minInt,
  nameOf,
  Timestamp,
  Uint,
  type Kind,
  type Value,
} from './values.ts';

export const arithmeticOperators = ['+', '-', '*', '/', '%'] as const;
export type ArithmeticOperator = (typeof arithmeticOperators)[number];

/**
 * Calculates with two values. Numbers may be of any kinds: with a double among them the result is a double; of ints it
 * is an int, of uints a uint, and of an int and a uint an int if it fits, else a uint. What does not fit, or is no
 * number, is a fault.
 */
export function calculate(operator: ArithmeticOperator, one: Value, other: Value, meter: Meter): Value | Fault {
  const kind = kindOf(one);
  const otherKind = kindOf(other);
  if (isNumeric(kind) && isNumeric(otherKind)) {
    if (kind === 'double' || otherKind === 'double') return ofDoubles(operator, toDouble(one), toDouble(other));
    return ofWhole(operator, one as bigint | Uint, other as bigint | Uint);
  }
  if (operator === '+') return sum(one, other, meter) ?? unfit(operator, kind, otherKind);
  if (operator === '-') return difference(one, other) ?? unfit(operator, kind, otherKind);
  return unfit(operator, kind, otherKind);
}

/** The kind of the result, as far as the kinds of the operands say; undefined when the operator does not take them. */
export function resultKind(operator: ArithmeticOperator, one: Kind, other: Kind): Kind | 'dyn' | undefined {
  if (isNumeric(one) && isNumeric(other)) {
    if (one === 'double' || other === 'double') return 'double';
    return one === other ? one : 'dyn';
  }
  return combinations[operator]?.[`${one} ${other}`];
}

const combinations: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  '+': {
    'string string': 'string',
    'list list': 'list',
    'bytes bytes': 'bytes',
    'timestamp duration': 'timestamp',
    'duration timestamp': 'timestamp',
    'duration duration': 'duration',
  },
  '-': {
    'timestamp timestamp': 'duration',
    'timestamp duration': 'timestamp',
    'duration duration': 'duration',
  },
};

/** What an operator says of values that it does not take. */
export function unfitMessage(operator: string, one: Kind | 'dyn', other: Kind | 'dyn'): string {
  return `${operator} does not take ${nameOf(one)} and ${nameOf(other)}`;
}

function unfit(operator: string, one: Kind, other: Kind): Fault {
  return new Fault(unfitMessage(operator, one, other));
}

export function toDouble(value: Value): number {
  return value instanceof Uint ? Number(value.value) : Number(value);
}

function ofDoubles(operator: ArithmeticOperator, one: number, other: number): Value | Fault {
  if (!Number.isFinite(one) || !Number.isFinite(other)) return new Fault(beyondDouble);
  if (other === 0 && (operator === '/' || operator === '%')) return byZero(operator);
  const result = doubleResult(operator, one, other);
  return Number.isFinite(result) ? result : new Fault(`the result of ${operator} is too large for a double`);
}

function doubleResult(operator: ArithmeticOperator, one: number, other: number): number {
  if (operator === '+') return one + other;
  if (operator === '-') return one - other;
  if (operator === '*') return one * other;
  return operator === '/' ? one / other : one % other;
}

function byZero(operator: '/' | '%'): Fault {
  return new Fault(operator === '/' ? 'division by zero' : 'remainder of a division by zero');
}

function ofWhole(operator: ArithmeticOperator, one: bigint | Uint, other: bigint | Uint): Value | Fault {
  const a = one instanceof Uint ? one.value : one;
  const b = other instanceof Uint ? other.value : other;
  if (b === 0n && (operator === '/' || operator === '%')) return byZero(operator);
  const result = wholeResult(operator, a, b);
  const bothUint = one instanceof Uint && other instanceof Uint;
  if (!bothUint && result >= minInt && result <= maxInt) return result;
  const bothInt = typeof one === 'bigint' && typeof other === 'bigint';
  if (!bothInt && result >= 0n && result <= maxUint) return new Uint(result);
  return overflow(operator, bothUint ? 'a uint' : 'an int');
}

function wholeResult(operator: ArithmeticOperator, one: bigint, other: bigint): bigint {
  if (operator === '+') return one + other;
  if (operator === '-') return one - other;
  if (operator === '*') return one * other;
  return operator === '/' ? one / other : one % other;
}

export function overflow(operator: string, target: string): Fault {
  return new Fault(`the result of ${operator} does not fit into ${target} of 64 bits`);
}

/** The opposite of a number. */
export function negated(value: Value): Value | Fault {
  if (typeof value === 'number') return -value;
  if (value instanceof Uint) return value.value <= -minInt ? -value.value : overflow('-', 'an int');
  if (typeof value === 'bigint') return value === minInt ? overflow('-', 'an int') : -value;
  return new Fault(`- does not take ${nameOf(kindOf(value))}`);
}

function sum(one: Value, other: Value, meter: Meter): Value | Fault | undefined {
  if (typeof one === 'string' && typeof other === 'string') {
    meter.copy(one.length + other.length);
    return one + other;
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    meter.items(one.length + other.length);
    return [...(one as readonly Value[]), ...(other as readonly Value[])];
  }
  if (one instanceof Uint8Array && other instanceof Uint8Array) {
    meter.copy(one.length + other.length);
    return Buffer.concat([one, other]);
  }
  if (one instanceof Timestamp && other instanceof Duration) return timestampAt(one.nanoseconds + other.nanoseconds);
  if (one instanceof Duration && other instanceof Timestamp) return timestampAt(one.nanoseconds + other.nanoseconds);
  if (one instanceof Duration && other instanceof Duration) return durationOf(one.nanoseconds + other.nanoseconds);
  return undefined;
}

function difference(one: Value, other: Value): Value | Fault | undefined {
  if (one instanceof Timestamp && other instanceof Timestamp) return durationOf(one.nanoseconds - other.nanoseconds);
  if (one instanceof Timestamp && other instanceof Duration) return timestampAt(one.nanoseconds - other.nanoseconds);
  if (one instanceof Duration && other instanceof Duration) return durationOf(one.nanoseconds - other.nanoseconds);
  return undefined;
}

const nanosecondsPerMs = 1_000_000n;
const firstTimestamp = BigInt(Date.parse('0000-01-01T00:00:00Z')) * nanosecondsPerMs;
const lastTimestamp = BigInt(Date.parse('9999-12-31T23:59:59.999Z')) * nanosecondsPerMs + nanosecondsPerMs - 1n;
/** Every two timestamps are less than that apart: 10,000 years. */
const longestDuration = lastTimestamp - firstTimestamp + 1n;

export function timestampAt(nanoseconds: bigint): Timestamp | Fault {
  if (nanoseconds >= firstTimestamp && nanoseconds <= lastTimestamp) return new Timestamp(nanoseconds);
  return new Fault('a timestamp must lie in the years 0000 to 9999');
}

export function durationOf(nanoseconds: bigint): Duration | Fault {
  if (nanoseconds >= -longestDuration && nanoseconds <= longestDuration) return new Duration(nanoseconds);
  return new Fault('a duration must be shorter than 10,000 years');
}
