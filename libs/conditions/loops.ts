import type { Meter } from './scope.ts';
import { Fault, kindOf, nameOf, type MapKey, type Value } from './values.ts';

/** What goes through a list, or through the keys of a map. */
const loops = ['all', 'exists', 'exists_one', 'filter'] as const;
export type Loop = (typeof loops)[number];

export function isLoop(name: string): name is Loop {
  return (loops as readonly string[]).includes(name);
}

/** What a loop goes through. */
export function itemsOf(value: Value, name: Loop, meter: Meter): readonly Value[] | Fault {
  if (Array.isArray(value)) return value as readonly Value[];
  if (!(value instanceof Map)) return new Fault(`${name} takes a list or a map, not ${nameOf(kindOf(value))}`);
  meter.items(value.size);
  return [...(value as ReadonlyMap<MapKey, Value>).keys()];
}

type Predicate = (item: Value) => boolean | Fault;

/** `all` and `exists` may come to a verdict beside items that have none; the others need one of each. */
export const loopResults: Readonly<Record<Loop, (items: readonly Value[], holds: Predicate) => Value | Fault>> = {
  all: (items, holds) => quantified(items, holds, false),
  exists: (items, holds) => quantified(items, holds, true),
  exists_one: (items, holds) => {
    const found = filtered(items, holds);
    return found instanceof Fault ? found : found.length === 1;
  },
  filter: filtered,
};

function quantified(items: readonly Value[], holds: Predicate, deciding: boolean): boolean | Fault {
  let fault: Fault | undefined;
  for (const item of items) {
    const held = holds(item);
    if (held === deciding) return deciding;
    if (held instanceof Fault) fault ??= held;
  }
  return fault ?? !deciding;
}

function filtered(items: readonly Value[], holds: Predicate): readonly Value[] | Fault {
  const found: Value[] = [];
  for (const item of items) {
    const held = holds(item);
    if (held instanceof Fault) return held;
    if (held) found.push(item);
  }
  return found;
}
