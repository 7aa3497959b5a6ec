import { Conditions } from './conditions.ts';

/** How far the time in a row's id and the time in its column may lie apart: they are taken one after the other. */
const slackMs = 60_000;
const latestTime = 2 ** 48 - 1;

/**
 * Narrows a statement to rows from a time on (inclusive) up to another (exclusive). By the ids too, which are UUIDv7 of about
 * that time: they have an index, and the times need none of their own.
 */
export function addTimeBounds(
  conditions: Conditions,
  column: string,
  from: Date | undefined,
  to: Date | undefined,
): void {
  const id = column.replace(/[^.]+$/, 'id');
  conditions.add(from, (parameter) => `${column} >= ${parameter}`);
  conditions.add(from && lowestIdAt(from.getTime() - slackMs), (parameter) => `${id} >= ${parameter}`);
  conditions.add(to, (parameter) => `${column} < ${parameter}`);
  conditions.add(to && lowestIdAt(to.getTime() + slackMs), (parameter) => `${id} < ${parameter}`);
}

/** The lowest UUID that can be a UUIDv7 of a time. */
export function lowestIdAt(time: number): string {
  const hex = Math.min(Math.max(time, 0), latestTime).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
