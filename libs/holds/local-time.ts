/** What clocks show, as though it were UTC: milliseconds since 1970. */
export type LocalTime = number;
/** Midnight of a day, as a {@link LocalTime}. */
export type LocalDay = number;

const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether there is a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The day that it is in a time zone at a moment. */
export function localDay(instant: number, timeZone: string): LocalDay {
  const local = instant + offsetAt(instant, timeZone);
  return local - (((local % dayMs) + dayMs) % dayMs);
}

/**
 * The moment at which clocks of a time zone show a time. A time that they skip when they go forward counts as though
 * they had not (RFC 5545, 3.3.5). One that they show twice when they go back is the first or the last of the two.
 */
export function instantOf(local: LocalTime, timeZone: string, which: 'first' | 'last'): number {
  const before = local - offsetAt(local - dayMs, timeZone);
  const after = local - offsetAt(local + dayMs, timeZone);
  const shown = [before, after].filter((instant) => instant + offsetAt(instant, timeZone) === local);
  if (shown.length === 0) return before;
  return which === 'first' ? Math.min(...shown) : Math.max(...shown);
}

/** How far clocks of a time zone are ahead of UTC at a moment, milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const second = Math.floor(instant / 1_000) * 1_000;
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(second)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name)!;
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - second;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}
