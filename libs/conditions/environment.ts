import { Environment } from '@marcbachmann/cel-js';
import type { ConditionEvent } from './condition.ts';
import { hasChanged } from './changed.ts';

/** Far more than a person writes, and so little that a condition without a list takes microseconds. */
export const mostNodes = 250;

/** The event that a condition is being asked of. Asking is synchronous, so that it is of one at a time. */
let asked: ConditionEvent | undefined;

/** What conditions can name; one for all, since making it is expensive. */
export const environment = new Environment({
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: mostNodes, maxDepth: 32, maxListElements: 100, maxMapEntries: 20, maxCallArguments: 4 },
})
  .registerVariable('event', 'map<string, dyn>')
  .registerVariable('data', 'map<string, dyn>')
  .registerVariable('previous', 'map<string, dyn>')
  .registerFunction('changed(string): bool', (path: string) => hasChanged(path, asked!.data, asked!.previous));

/** Evaluates with an event behind the functions. */
export function asking<T>(event: ConditionEvent, evaluate: () => T): T {
  asked = event;
  try {
    return evaluate();
  } finally {
    asked = undefined;
  }
}
