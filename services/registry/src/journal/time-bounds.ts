import { lowestIdAt } from '#database';
import { Conditions } from './conditions.ts';

/** How far the time in a row's id and the time in its column may lie apart: they are taken one after the other. */
const slackMs = 60_000;

/**
 * Narrows a statement to rows from a time on (inclusive) up to another (exclusive). By the ids too, which are UUIDv7 of
 * about that time: they have an index, and say which days of the journal need not be looked at.
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
