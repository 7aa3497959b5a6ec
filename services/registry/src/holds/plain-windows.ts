import type { HoldWindow } from '#contracts';

/** Windows as people see them: PostgreSQL keeps the fields of JSON in an order of its own. */
export function plainWindows(windows: readonly HoldWindow[]): HoldWindow[] {
  return windows.map(({ days, from, to, timeZone }) => ({ days, from, to, timeZone }));
}
