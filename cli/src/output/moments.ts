import type { Column } from './table.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A moment in local time: `2026-03-01 09:15:00`. */
export function moment(iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return '-';
  const date = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** A moment in local time, to the minute: `Mar 01 09:15`. */
export function shortMoment(iso: string | null | undefined): string {
  if (iso === null || iso === undefined) return '-';
  const [date, time] = moment(iso).split(' ') as [string, string];
  const [, month, day] = date.split('-') as [string, string, string];
  return `${months[Number(month) - 1]!} ${day} ${time.slice(0, 5)}`;
}

/** A column of moments: to the minute, and in a wide table to the second. */
export function momentColumns<T>(title: string, value: (item: T) => string | null | undefined): Column<T>[] {
  return [
    { title, only: 'narrow', value: (item) => shortMoment(value(item)) },
    { title, only: 'wide', value: (item) => moment(value(item)) },
  ];
}

/** How long something took, in the largest unit that says enough. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null) return '-';
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
