import { lowestIdAt } from '#contracts';
import { slackMs } from '#journal';
import { Conditions } from './conditions.ts';

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
  conditions.add(from, (parameter) => `${column} >= ${parameter}`);
  conditions.add(to, (parameter) => `${column} < ${parameter}`);
  addIdBounds(conditions, column.replace(/[^.]+$/, 'id'), from, to);
}

/** The same by the ids alone, where there is no column with the time. */
export function addIdBounds(conditions: Conditions, id: string, from: Date | undefined, to: Date | undefined): void {
  conditions.add(from && lowestIdAt(from.getTime() - slackMs), (parameter) => `${id} >= ${parameter}`);
  conditions.add(to && lowestIdAt(to.getTime() + slackMs), (parameter) => `${id} < ${parameter}`);
}
