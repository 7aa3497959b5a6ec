import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json, type JsonObject } from '#contracts';

/**
 * Whether a value was another one before the event.
 *
 * @param path Names of fields, separated by dots: `address.city`.
 * @param previous What it says of the path counts: a value that it does not name has not changed.
 */
export function hasChanged(path: string, data: JsonObject, previous: JsonObject | null): boolean {
  const names = path.split('.');
  const before = valueAt(names, previous);
  return before !== undefined && !isDeepStrictEqual(before, valueAt(names, data));
}

function valueAt(names: readonly string[], document: Json): Json | undefined {
  let value: Json | undefined = document;
  for (const name of names) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}
