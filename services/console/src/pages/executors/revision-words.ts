import type { CatalogView } from '#contracts/rest-api';

/** `All 3 executors run revision 42`, or how many do not. */
export function revisionInWords({ revision, executors }: CatalogView): string {
  const behind = executors.filter(({ inForce }) => !inForce).length;
  if (executors.length === 0) return 'No executor is running';
  if (behind === 0) {
    if (executors.length === 1) return `The executor runs revision ${revision}`;
    return `${executors.length === 2 ? 'Both' : `All ${executors.length}`} executors run revision ${revision}`;
  }
  return `${behind} of ${executors.length} executors ${behind === 1 ? 'does' : 'do'} not run revision ${revision} yet`;
}

/** Numbers with those in a row drawn together: `0–3, 7, 9–10`. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers) {
    const latest = ranges.at(-1);
    if (latest?.[1] === number - 1) latest[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
