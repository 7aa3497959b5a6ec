import { InvalidArgumentError } from 'commander';
import { readMoment } from '#contracts';

/** Collects the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** @throws {InvalidArgumentError} */
export function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('Expected a whole number.');
  return Number(value);
}

/** @throws {InvalidArgumentError} */
export function positiveNumber(value: string): number {
  const number = wholeNumber(value);
  if (number === 0) throw new InvalidArgumentError('Expected a whole number from 1.');
  return number;
}

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const expected = 'Expected a date and time like 2026-03-01T09:15:00Z, or an age like 15m, 2h or 3d.';

/**
 * A moment: a date and time (RFC 3339), or an age, `15m`.
 *
 * @returns RFC 3339.
 * @throws {InvalidArgumentError}
 */
export function moment(value: string, now = Date.now()): string {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  if (amount === undefined) return new Date(momentIn(value)).toISOString();
  const time = now - Number(amount) * units[unit!]!;
  if (time < 0) throw new InvalidArgumentError(`${expected} ${value} ago is before 1970.`);
  return new Date(time).toISOString();
}

const expectedLater = 'Expected a date and time like 2026-03-01T09:15:00Z, or a time from now like 30m, 2h or 3d.';

/**
 * A moment to come: a date and time (RFC 3339), or how long from now, `2h`.
 *
 * @returns RFC 3339.
 * @throws {InvalidArgumentError}
 */
export function laterMoment(value: string, now = Date.now()): string {
  const [, amount, unit] = /^(\d{1,4})([smhd])$/.exec(value) ?? [];
  const time = amount === undefined ? momentIn(value) : now + Number(amount) * units[unit!]!;
  if (time <= now) throw new InvalidArgumentError(`${expectedLater} ${value} is not in the future.`);
  return new Date(time).toISOString();
}

/**
 * A number above 0, such as 0.5.
 *
 * @throws {InvalidArgumentError}
 */
export function positiveDecimal(value: string): number {
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(value) || Number(value) === 0) {
    throw new InvalidArgumentError('Expected a number above 0, such as 50 or 0.5.');
  }
  return Number(value);
}

/**
 * Checks a date and time, and returns it as it was written.
 *
 * @throws {InvalidArgumentError} When it does not follow RFC 3339.
 */
export function dateTime(value: string): string {
  momentIn(value);
  return value;
}

function momentIn(value: string): number {
  const time = readMoment(value);
  if (typeof time === 'number') return time;
  throw new InvalidArgumentError(`It ${time}.`);
}
