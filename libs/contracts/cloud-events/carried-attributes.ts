import { isJsonObject } from '../json.ts';
import { attributeFault, type Attributes } from './attributes.ts';

/** Attributes as JSON has them. */
export type CarriedAttributes = Record<string, string | number | boolean>;

/** What the native format has a place for, and the name that data has. */
const placed = new Set([
  'specversion',
  'id',
  'type',
  'subject',
  'time',
  'partitionkey',
  'traceparent',
  'previous',
  'data',
]);

/**
 * Those of a CloudEvent's attributes that are to be carried: where it came from, its schema, extensions. None may have
 * a fault.
 */
export function attributesToCarry(attributes: Attributes): CarriedAttributes {
  const isUsual = (name: string, value: unknown) => name === 'datacontenttype' && value === 'application/json';
  const carried = [...attributes].filter(([name, value]) => !placed.has(name) && !isUsual(name, value));
  return Object.fromEntries(carried.map(([name, value]) => [name, inJson(value)]));
}

/** The attributes that an event carries. A native publisher may set anything here; invalid attributes are omitted. */
export function carriedAttributes(text: string | undefined): CarriedAttributes {
  const member = text === undefined ? undefined : (JSON.parse(text) as unknown);
  if (!isJsonObject(member)) return {};
  const fitting = Object.entries(member).filter(
    ([name, value]) => value !== null && !placed.has(name) && attributeFault(name, value) === undefined,
  );
  return Object.fromEntries(fitting) as CarriedAttributes;
}

/** AMQP has types of its own for bytes and for whole numbers. */
function inJson(value: unknown): string | number | boolean {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return typeof value === 'bigint' ? Number(value) : (value as string | number | boolean);
}
