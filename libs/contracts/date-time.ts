/** A moment in UTC, between the years 0000 and 9999. */
export interface DateTime {
  /** Since 1970; negative before it. What is finer is in `nanoseconds`. */
  readonly milliseconds: number;
  /** Beyond the milliseconds, 0 to 999,999; finer digits are cut off. */
  readonly nanoseconds: number;
}

/** RFC 3339 date-time, as far as a pattern can say it: which days a month has, it cannot. */
export const dateTimePattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The same with any numbers, to say which of them is wrong. */
const shape = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

const minuteMs = 60_000;
/** Where the years begin and end that have four digits. */
const firstMs = Date.parse('0000-01-01T00:00:00Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Reads a date and time of RFC 3339. A `T` may be a space or lower-case, as the RFC allows, and `-00:00` is UTC. A leap
 * second, which may only stand at the end of a month in UTC, counts as the start of the next second, so that order is
 * kept.
 *
 * @returns The moment, or what is wrong with the text, as the end of a sentence that begins with the field's name.
 */
export function readDateTime(text: string): DateTime | string {
  const match = shape.exec(text);
  if (!match) return 'must be a date and time with an offset, like 2026-03-01T09:15:00+00:00';
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])];
  const { 7: fraction, 8: sign, 9: offsetHour = '0', 10: offsetMinute = '0' } = match;
  if (month < 1 || month > 12) return `must have a month from 01 to 12, not ${match[2]!}`;
  if (day < 1 || (day > 28 && day > daysIn(year, month)))
    return `must be a day that exists: ${text.slice(0, 10)} does not`;
  if (hour > 23) return `must have an hour from 00 to 23, not ${match[4]!}`;
  if (minute > 59) return `must have minutes from 00 to 59, not ${match[5]!}`;
  if (second > 60) return `must have seconds from 00 to 59, not ${match[6]!}`;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return 'must have an offset from -23:59 to +23:59';

  const offsetMinutes = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1);
  const wholeMs = utcMs(year, month, day) + ((hour * 60 + minute - offsetMinutes) * 60 + second) * 1_000;
  const isLeap = second === 60;
  if (isLeap && !beginsMonth(wholeMs)) {
    return 'must have seconds from 00 to 59: a leap second is at 23:59:60 UTC on the last day of a month';
  }
  const nanoseconds = isLeap || fraction === undefined ? 0 : Number(fraction.slice(0, 9).padEnd(9, '0'));
  const milliseconds = wholeMs + Math.floor(nanoseconds / 1_000_000);
  if (milliseconds < firstMs || milliseconds > lastMs) return 'must lie in the years 0000 to 9999, in UTC';
  return { milliseconds, nanoseconds: nanoseconds % 1_000_000 };
}

/** Why a time before 1970 is not taken: ids made from it have no place for it. */
export const beforeEpochFault = 'must not lie before 1970';

/**
 * The same for a moment from 1970 on, to the millisecond: what Provisor keeps.
 *
 * @returns Milliseconds since 1970, or what is wrong with the text.
 */
export function readMoment(text: string): number | string {
  const time = readDateTime(text);
  if (typeof time === 'string') return time;
  return time.milliseconds < 0 ? beforeEpochFault : time.milliseconds;
}

/** After as many years the calendar repeats. */
const cycleYears = 400;
const cycleMs = 146_097 * 24 * 60 * minuteMs;

/** A cycle later, since Date.UTC takes the years 0 to 99 for those of the 20th century. */
function utcMs(year: number, month: number, day: number): number {
  return Date.UTC(year + cycleYears, month - 1, day) - cycleMs;
}

function daysIn(year: number, month: number): number {
  return new Date(utcMs(year, month + 1, 0)).getUTCDate();
}

function beginsMonth(milliseconds: number): boolean {
  const time = new Date(milliseconds);
  return milliseconds % (24 * 60 * minuteMs) === 0 && time.getUTCDate() === 1;
}
