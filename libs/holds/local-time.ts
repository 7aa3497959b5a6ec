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
 * The moments between which clocks of a time zone show the times from one until another. Of a time that they show twice
 * when they go back, the first begins it and the last ends it. When they go forward and skip a time, what begins at it
 * begins when they go on. What ends at it ends as though they had not skipped it (RFC 5545, 3.3.5), and so does what
 * would otherwise be skipped whole.
 */
export function spanOf(from: LocalTime, to: LocalTime, timeZone: string): { from: number; until: number } {
  const begin = shownAt(from, timeZone)[0] ?? skippedAt(from, timeZone);
  const end = shownAt(to, timeZone).at(-1) ?? byFormerClocks(to, timeZone);
  return { from: begin, until: end > begin ? end : byFormerClocks(to, timeZone) };
}

/** The moments at which clocks show a time, in their order: two when they go back, none when they skip it. */
function shownAt(local: LocalTime, timeZone: string): number[] {
  const moments = new Set([byLaterClocks(local, timeZone), byFormerClocks(local, timeZone)]);
  return [...moments].filter((moment) => moment + offsetAt(moment, timeZone) === local).sort((a, b) => a - b);
}

/** The moment at which clocks skip a time. */
function skippedAt(local: LocalTime, timeZone: string): number {
  // Between these two they go forward.
  let [before, after] = [byLaterClocks(local, timeZone) - 1_000, byFormerClocks(local, timeZone)];
  const former = offsetAt(before, timeZone);
  while (after - before > 1_000) {
    const middle = before + Math.floor((after - before) / 2_000) * 1_000;
    if (offsetAt(middle, timeZone) === former) before = middle;
    else after = middle;
  }
  return after;
}

/** The moment at which clocks would show a time if they went on as they did the day before. */
function byFormerClocks(local: LocalTime, timeZone: string): number {
  return local - offsetAt(local - dayMs, timeZone);
}

/** The moment at which clocks would show a time if they had always gone as they do the day after. */
function byLaterClocks(local: LocalTime, timeZone: string): number {
  return local - offsetAt(local + dayMs, timeZone);
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
