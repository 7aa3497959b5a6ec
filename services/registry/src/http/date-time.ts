/** RFC 3339 date-time; a `+` that came out of a query string as a space is taken for what it was. */
const pattern = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d+)?)([Zz]|[+ -]\d\d:\d\d)$/;

/** The time that an RFC 3339 text means, or undefined when it is none, or lies before 1970. */
export function parseDateTime(text: string): Date | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, date, time, offset] = match as unknown as [string, string, string, string];
  const milliseconds = Date.parse(`${date}T${time}${offset.replace(' ', '+').toUpperCase()}`);
  return milliseconds >= 0 ? new Date(milliseconds) : undefined;
}
