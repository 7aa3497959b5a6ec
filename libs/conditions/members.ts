import { areEqual, plainNumber } from './equality.ts';
import type { Meter } from './scope.ts';
import { Fault, kindOf, nameOf, quoted, sizeOf, Uint, type MapKey, type Value } from './values.ts';

/** The member of an object with a name; undefined when the value is no object, or has none. */
export function memberOf(value: Value, name: string): Value | undefined {
  return value instanceof Map ? (value as ReadonlyMap<MapKey, Value>).get(name) : undefined;
}

/** `value[key]`: a member of a map, or an item of a list. A whole double counts as the int that it equals. */
export function itemAt(value: Value, key: Value, meter: Meter): Value | Fault {
  if (value instanceof Map) return entry(value as ReadonlyMap<MapKey, Value>, key, meter);
  if (Array.isArray(value)) return item(value as readonly Value[], key);
  return new Fault(`${nameOf(kindOf(value))} has no items`);
}

function entry(map: ReadonlyMap<MapKey, Value>, key: Value, meter: Meter): Value | Fault {
  const found = entryOf(map, key, meter);
  return found === undefined ? new Fault(`No such key: ${keyText(key)}${hint(map, key)}`) : found;
}

function item(items: readonly Value[], key: Value): Value | Fault {
  const index = wholeOf(key);
  if (index === undefined) return new Fault(`the index of a list is a whole number, not ${nameOf(kindOf(key))}`);
  // What is beyond the digits of a double is beyond every list as well.
  const found = index >= 0n ? items[Number(index)] : undefined;
  return found === undefined ? new Fault(`the list has ${items.length} items, and none at ${index}`) : found;
}

/** `value in container`: an item of a list, or a key of a map. */
export function isIn(value: Value, container: Value, meter: Meter): boolean | Fault {
  if (container instanceof Map) return entryOf(container as ReadonlyMap<MapKey, Value>, value, meter) !== undefined;
  if (!Array.isArray(container)) return new Fault(`in takes a list or a map, not ${nameOf(kindOf(container))}`);
  for (const item of container as readonly Value[]) {
    const equal = areEqual(value, item, meter);
    if (equal !== false) return equal;
  }
  return false;
}

function entryOf(map: ReadonlyMap<MapKey, Value>, key: Value, meter: Meter): Value | undefined {
  if (typeof key === 'string') {
    meter.visit(key.length);
    return map.get(key);
  }
  const plain = typeof key === 'boolean' ? key : wholeOf(key);
  return plain === undefined ? undefined : map.get(plain);
}

function wholeOf(value: Value): bigint | undefined {
  if (typeof value !== 'bigint' && typeof value !== 'number' && !(value instanceof Uint)) return undefined;
  const number = plainNumber(value);
  if (typeof number === 'bigint') return number;
  // No list and no key is beyond that, and a bigint of all its digits would take long.
  return Number.isInteger(number) && Math.abs(number) < 2 ** 64 ? BigInt(number) : undefined;
}

/** Without what a string of the event says. */
function keyText(key: Value): string {
  const whole = wholeOf(key);
  return whole === undefined ? sizeOf(key) : quoted(String(whole));
}

/** Keys in JSON are strings, also those that look like numbers. */
function hint(map: ReadonlyMap<MapKey, Value>, key: Value): string {
  const whole = wholeOf(key);
  return whole !== undefined && map.has(String(whole)) ? '; keys of the event are strings, so write string(…)' : '';
}
