import { readMoment } from '#contracts';
import type { ValidationOptions } from 'class-validator';
import { customRule } from './custom-rule.ts';

/**
 * The time that an RFC 3339 text means, to the millisecond, or undefined when it is none, or lies before 1970 or after
 * 9999.
 */
export function parseDateTime(text: string): Date | undefined {
  const time = readMoment(withPlus(text));
  return typeof time === 'string' ? undefined : new Date(time);
}

/** What is wrong with a text as a time; undefined when it is one. */
export function dateTimeFault(text: unknown): string | undefined {
  const time = readMoment(typeof text === 'string' ? withPlus(text) : '');
  return typeof time === 'string' ? time : undefined;
}

/** A `+` that came out of a query string as a space is taken for what it was. */
function withPlus(text: string): string {
  return text.replace(/ (?=\d\d:\d\d$)/, '+');
}

/** A text that means a time. */
export function IsDateTime(options?: ValidationOptions): PropertyDecorator {
  return customRule({ name: 'dateTime', fault: dateTimeFault, schema: { format: 'date-time' } }, options);
}
