import type { Holdable, HoldWindow, Weekday } from '#contracts';
import { localDay, spanOf, type LocalDay } from './local-time.ts';

/** A stretch of time in which something is held. Milliseconds since 1970. */
export interface HeldPeriod {
  readonly from: number;
  /** Null: until a person releases it. */
  readonly until: number | null;
  /** In a person's words; null for a window. */
  readonly reason: string | null;
}

const dayMs = 86_400_000;
/** A window that repeats every week is found again within a week, wherever in it one begins. */
const daysAhead = 8;
const dayNames: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

type What = Pick<Holdable, 'hold' | 'windows'>;

/**
 * Whether something is held at a time, and until when: periods that follow each other without a gap count as one.
 *
 * @param now Milliseconds since 1970.
 */
export function heldAt(what: What, now: number): HeldPeriod | undefined {
  const current = periodsAt(what, now);
  if (current.length === 0) return undefined;
  const from = Math.min(...current.map((period) => period.from));
  const reason = current.find((period) => period.reason !== null)?.reason ?? null;
  const byPerson = Date.parse(what.hold?.until ?? '') || now;
  let until = latest(current);
  while (until !== null) {
    // What is held at all times of the week has no end of its own.
    if (until > Math.max(byPerson, now) + daysAhead * dayMs) return { from, until: null, reason };
    const further = periodsAt(what, until);
    if (further.length === 0) break;
    until = latest(further);
  }
  return { from, until, reason };
}

/**
 * The next window that begins after a time; undefined when there are none.
 *
 * @param now Milliseconds since 1970.
 */
export function nextWindow(windows: readonly HoldWindow[], now: number): HeldPeriod | undefined {
  const later = windows.flatMap((window) => periodsAround(window, now)).filter(({ from }) => from > now);
  return later.sort((a, b) => a.from - b.from)[0];
}

/**
 * When what {@link heldAt} says may be another thing; undefined: never.
 *
 * @param now Milliseconds since 1970.
 */
export function nextChange(what: What, now: number): number | undefined {
  const { hold, windows } = what;
  const times = windows.flatMap((window) => periodsAround(window, now)).flatMap(({ from, until }) => [from, until!]);
  if (hold?.until) times.push(Date.parse(hold.until));
  const later = times.filter((time) => time > now);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** The periods that cover a time. */
function periodsAt({ hold, windows }: What, time: number): HeldPeriod[] {
  const ofWindows = windows.flatMap((window) => periodsAround(window, time)).filter((period) => covers(period, time));
  // It holds from the moment on in which one knows of it: a clock may be behind the one that its beginning is of.
  const byPerson = hold && periodOf(hold);
  return byPerson && covers({ ...byPerson, from: -Infinity }, time) ? [byPerson, ...ofWindows] : ofWindows;
}

function periodOf({ since, until, reason }: NonNullable<What['hold']>): HeldPeriod {
  return { from: Date.parse(since), until: until === null ? null : Date.parse(until), reason };
}

function covers({ from, until }: HeldPeriod, time: number): boolean {
  return from <= time && (until === null || time < until);
}

function latest(periods: readonly HeldPeriod[]): number | null {
  const ends = periods.map(({ until }) => until);
  return ends.includes(null) ? null : Math.max(...(ends as number[]));
}

/** The periods of a window from two days before a time until a week after it. */
function periodsAround({ days, from, to, timeZone }: HoldWindow, time: number): HeldPeriod[] {
  const today = localDay(time, timeZone);
  const periods: HeldPeriod[] = [];
  for (let ahead = -2; ahead <= daysAhead; ahead++) {
    const day = shifted(today, ahead);
    if (!days.includes(dayNames[new Date(day).getUTCDay()]!)) continue;
    const lastDay = minutesOf(to) > minutesOf(from) ? day : shifted(day, 1);
    const span = spanOf(day + minutesOf(from) * 60_000, lastDay + minutesOf(to) * 60_000, timeZone);
    periods.push({ ...span, reason: null });
  }
  return periods;
}

function shifted(day: LocalDay, by: number): LocalDay {
  return day + by * dayMs;
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}
