import { InvalidArgumentError } from 'commander';

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** @throws {InvalidArgumentError} */
export function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}

/** @throws {InvalidArgumentError} */
export function positiveNumber(value: string): number {
  const number = wholeNumber(value);
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.');
  return number;
}

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A moment: RFC 3339, or how long ago, `15m`.
 *
 * @returns RFC 3339.
 * @throws {InvalidArgumentError}
 */
export function moment(value: string, now = Date.now()): string {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  const time = amount === undefined ? Date.parse(value) : now - Number(amount) * units[unit!]!;
  const isDate = amount !== undefined || /^\d{4}-\d{2}-\d{2}/.test(value);
  if (!isDate || Number.isNaN(time)) {
    throw new InvalidArgumentError('It must be a date-time like 2026-03-01T09:15:00Z, or how long ago, like 15m.');
  }
  return new Date(time).toISOString();
}
