import type { Conditions } from './conditions.ts';

/**
 * Narrows a statement to rows of some statuses. Nearly all rows have succeeded, so only the others have an index: what
 * asks for none that succeeded says so in words that match the index, and one status alone is found in the order of the
 * ids.
 */
export function addStatusCondition(
  conditions: Conditions,
  column: string,
  statuses: readonly string[] | undefined,
): void {
  if (statuses === undefined) return;
  const distinct = [...new Set(statuses)];
  if (distinct.length === 1) conditions.add(distinct[0], (status) => `${column} = ${status}`);
  else conditions.add(distinct, (all) => `${column} = any(${all})`);
  if (!distinct.includes('succeeded')) conditions.require(`${column} <> 'succeeded'`);
}
