import type { Rule } from './rules.ts';

/** RFC 3339 date-time; a `+` that came out of a query string as a space is taken for what it was. */
const pattern = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d+)?)([Zz]|[+ -]\d\d:\d\d)$/;
/** With an offset, a time may lie a day beyond the last that has four digits for its year. */
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** The time that an RFC 3339 text means, or undefined when it is none, or lies before 1970 or after 9999. */
export function parseDateTime(text: string): Date | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, date, time, offset] = match as unknown as [string, string, string, string];
  const milliseconds = Date.parse(`${date}T${time}${offset.replace(' ', '+').toUpperCase()}`);
  return milliseconds >= 0 && milliseconds <= latest ? new Date(milliseconds) : undefined;
}

export const dateTimeFault = 'must be a date and time with an offset, like 2026-03-01T09:15:00Z, from 1970 on';

/** A text that means a time. */
export const dateTime: Rule = {
  fault: (value) => (typeof value === 'string' && parseDateTime(value) !== undefined ? undefined : dateTimeFault),
  schema: { type: 'string', format: 'date-time' },
};
