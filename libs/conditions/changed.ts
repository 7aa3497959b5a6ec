import { areEqual } from './equality.ts';
import { memberOf } from './members.ts';
import type { Meter } from './scope.ts';
import { Fault, type Value } from './values.ts';

/**
 * Whether a value was another one before the event. Numbers are the same when they are equal by value.
 *
 * @param path Names of fields, separated by dots: `address.city`.
 * @param previous What it says of the path counts: a value that it does not name has not changed.
 */
export function hasChanged(path: string, data: Value, previous: Value, meter: Meter): boolean | Fault {
  meter.visit(path.length);
  const names = path.split('.');
  meter.steps(2 * names.length);
  const before = valueAt(names, previous);
  if (before === undefined) return false;
  const now = valueAt(names, data);
  if (now === undefined) return true;
  const equal = areEqual(before, now, meter);
  return equal instanceof Fault ? equal : !equal;
}

function valueAt(names: readonly string[], document: Value): Value | undefined {
  let value: Value | undefined = document;
  for (const name of names) {
    value = memberOf(value, name);
    if (value === undefined) return undefined;
  }
  return value;
}
