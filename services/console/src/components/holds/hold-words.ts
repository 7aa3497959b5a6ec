import type { HoldWindow, Weekday } from '#contracts';

export const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

/** A window on one line: `Sat, Sun 02:00–04:00, Europe/Berlin`. */
export function windowInWords({ days, from, to, timeZone }: HoldWindow): string {
  const on = days.length === 7 ? 'Daily' : days.map((day) => dayNames[day]).join(', ');
  return `${on} ${from}–${to}, ${timeZone}`;
}
