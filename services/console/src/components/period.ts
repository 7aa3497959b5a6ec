import { readMoment } from '#contracts';
import { oneOfIn, textIn, type Search } from '../app/search.ts';

/** Named periods; they end now, or are days in the viewer's time zone. */
export const periods = {
  '15m': 'Last 15 minutes',
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  today: 'Today',
  yesterday: 'Yesterday',
} as const;
export type PeriodName = keyof typeof periods;

/** A stretch of time as the address has it: by its name, or between two moments (ISO 8601). */
export interface Period {
  period?: PeriodName;
  from?: string;
  to?: string;
}

/** Two moments as the API takes them; `from` belongs to what is between, `to` does not. */
export type Bounds = Pick<Period, 'from' | 'to'>;

const minuteMs = 60_000;
const lengthsMs = { '15m': 15 * minuteMs, '1h': 60 * minuteMs, '24h': 1_440 * minuteMs, '7d': 10_080 * minuteMs };

const names = Object.keys(periods) as PeriodName[];

/** Reads it; a name goes before moments, and a moment that is none counts as not given. */
export function periodIn(search: Search): Period {
  const period = oneOfIn(names, search.period);
  if (period !== undefined) return { period };
  return { from: momentIn(search.from), to: momentIn(search.to) };
}

/** Between which moments a period lies, seen from now. */
export function boundsOf({ period, from, to }: Period, now = new Date()): Bounds {
  if (period === undefined) return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  if (period === 'today') return { from: dayBegin(now, 0).toISOString() };
  if (period === 'yesterday') return { from: dayBegin(now, -1).toISOString(), to: dayBegin(now, 0).toISOString() };
  return { from: new Date(now.getTime() - lengthsMs[period]).toISOString() };
}

/** Without what is not given, whether anything is asked for. */
export function isAnyTime({ period, from, to }: Period): boolean {
  return period === undefined && from === undefined && to === undefined;
}

function momentIn(value: unknown): string | undefined {
  const time = readMoment(textIn(value) ?? '');
  return typeof time === 'string' ? undefined : new Date(time).toISOString();
}

/**
 * What a field for a moment of the viewer's zone has, as the API takes it; undefined when it is none that the API
 * takes.
 */
export function momentOfField(text: string): string | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : momentIn(date.toISOString());
}

const fieldFormat = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** A moment as a field for one takes it, `2026-03-01T09:15:00`, in the viewer's zone. */
export function fieldOfMoment(moment: string): string {
  return fieldFormat.format(new Date(moment)).replace(' ', 'T');
}

/** By the calendar and not by 24 hours, which some days have not. */
function dayBegin(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}
