import { conversions } from './conversions.ts';
import type { FunctionRule } from './rule.ts';
import { sizes } from './sizes.ts';
import { texts } from './texts.ts';
import { times } from './times.ts';

/**
 * All that conditions may call, but for `has`, `changed` and what goes through a list. Each takes its cost, so that
 * none is without a bound.
 */
export const functionRules: readonly FunctionRule[] = [...conversions, ...sizes, ...texts, ...times];

const byName = Map.groupBy(functionRules, ({ style, name }) => `${style} ${name}`);

/** The rules of a function for all kinds of arguments; none when there is no such function. */
export function rulesOf(style: FunctionRule['style'], name: string): readonly FunctionRule[] {
  return byName.get(`${style} ${name}`) ?? [];
}
