import type { Json } from '#contracts';
import type { Shape } from './allowed.ts';

/** At most so many steps: some tenths of a second in the worst case, and microseconds in all usual ones. */
export const mostSteps = 5_000_000;
/** So many characters are compared in the time of a step. */
const charactersAStep = 64;

/** The greatest things in a document. */
export interface Extent {
  /** Members of one list or object. */
  readonly members: number;
  /** Characters of one text. */
  readonly characters: number;
}

/** Looks through a whole document. */
export function extentOf(document: Json): Extent {
  let members = 0;
  let characters = 0;
  const left: Json[] = [document];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value === 'string') characters = Math.max(characters, value.length);
    if (typeof value !== 'object' || value === null) continue;
    const children = Object.values(value);
    members = Math.max(members, children.length);
    for (const child of children) left.push(child);
  }
  return { members, characters };
}

/** No expression of this shape takes more steps than that with a document of this extent. */
export function stepsAtMost({ nodes, loops }: Shape, { members, characters }: Extent): number {
  // Lists and texts that stand in the expression itself are no longer than it.
  const longest = Math.max(members, nodes);
  return longest ** loops * nodes * (1 + Math.ceil(characters / charactersAStep));
}
