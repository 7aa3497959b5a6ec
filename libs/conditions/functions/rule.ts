import type { Meter } from '../scope.ts';
import type { Fault, Kind, Value } from '../values.ts';

/**
 * A function that conditions may call, for arguments of certain kinds; `function` is written `name(…)`, `method` is
 * written `receiver.name(…)`. It takes its cost from the meter before it does the work.
 */
export interface FunctionRule {
  readonly name: string;
  readonly style: 'function' | 'method';
  /** Of a method the receiver first. */
  readonly takes: readonly (Kind | 'dyn')[];
  readonly gives: Kind | 'dyn';
  readonly run: (values: readonly Value[], meter: Meter) => Value | Fault;
}

type Values = Readonly<Record<Kind, Value>>;

/** Makes rules for all kinds of one argument that a function takes. */
export function forKinds(
  name: string,
  gives: Kind,
  byKind: { readonly [K in keyof Values]?: (value: Value, meter: Meter) => Value | Fault },
): FunctionRule[] {
  return Object.entries(byKind).map(([kind, run]) => ({
    name,
    style: 'function',
    takes: [kind as Kind],
    gives,
    run: ([value], meter) => run(value!, meter),
  }));
}
