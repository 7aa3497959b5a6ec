import { beyondDouble } from './equality.ts';
import { durationText, timestampText } from './functions/time-texts.ts';
import type { Meter } from './scope.ts';
import { Duration, Fault, kindOf, nameOf, Timestamp, Uint, type MapKey, type Value } from './values.ts';

/**
 * A value as text, as `string(…)` of CEL writes it. Null is an empty text; a list and a map have no text.
 *
 * @param meter Takes what it costs, and what it costs to escape the text for its place.
 */
export function textIn(value: Value, meter: Meter): string | Fault {
  const text = plainText(value);
  if (typeof text === 'string') meter.visit(text.length);
  return text;
}

function plainText(value: Value): string | Fault {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : new Fault(beyondDouble);
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return durationText(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return new Fault(`${nameOf(kindOf(value))} cannot stand in a text; write one of its fields or items`);
}

/** Written natively, so that a value takes less than a step of our own. */
const valuesAStep = 4;

/**
 * A value as JSON: an int and a uint with all their digits, bytes in base64, times as `string(…)` writes them.
 *
 * @param meter Takes what it costs.
 */
export function jsonIn(value: Value, meter: Meter): string | Fault {
  meter.steps(1 / valuesAStep);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    meter.visit(value.length);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return listJson(value as readonly Value[], meter);
  if (value instanceof Map) return mapJson(value as ReadonlyMap<MapKey, Value>, meter);
  if (value instanceof Uint8Array) {
    meter.visit(value.length);
    return JSON.stringify(Buffer.from(value).toString('base64'));
  }
  const text = plainText(value);
  if (text instanceof Fault) return new Fault(`${nameOf(kindOf(value))} cannot stand in JSON`);
  return value instanceof Timestamp || value instanceof Duration ? JSON.stringify(text) : text;
}

function listJson(items: readonly Value[], meter: Meter): string | Fault {
  const texts: string[] = [];
  for (const item of items) {
    const text = jsonIn(item, meter);
    if (text instanceof Fault) return text;
    texts.push(text);
  }
  return `[${texts.join(',')}]`;
}

function mapJson(map: ReadonlyMap<MapKey, Value>, meter: Meter): string | Fault {
  const texts: string[] = [];
  for (const [key, value] of map) {
    const name = jsonIn(String(key), meter);
    if (name instanceof Fault) return name;
    const text = jsonIn(value, meter);
    if (text instanceof Fault) return text;
    texts.push(`${name}:${text}`);
  }
  return `{${texts.join(',')}}`;
}
