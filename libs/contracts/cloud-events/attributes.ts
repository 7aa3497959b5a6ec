import type { FieldError } from '../field-error.ts';
import { isJsonObject } from '../json.ts';
import { isJsonMediaType, mediaTypeOf } from '../media-type.ts';
import { isUri, isUriReference, requiredAttributes } from './cloud-event.ts';
import { identifierFault } from '../text-formats.ts';

/** Attributes by name, as JSON or a broker's client gives them; what is null is not there. */
export type Attributes = ReadonlyMap<string, unknown>;

/** A CloudEvent as it was read, in whichever mode it came. */
export interface CloudEvent {
  readonly attributes: Attributes;
  /** A JSON text; undefined when there is none. */
  readonly data: string | undefined;
  /** What was wrong beside the attributes. */
  readonly faults: readonly FieldError[];
}

/**
 * All that is wrong with the attributes of a CloudEvent by its own specification, and by what Provisor makes of them.
 */
export function attributeFaults(attributes: Attributes): FieldError[] {
  const faults: FieldError[] = [];
  for (const name of [...requiredAttributes, 'subject']) {
    if (!attributes.has(name)) faults.push({ field: name, message: missing[name] ?? 'must be there' });
  }
  for (const [name, value] of attributes) {
    const message = attributeFault(name, value);
    if (message !== undefined) faults.push({ field: name, message });
  }
  return faults;
}

const missing: Readonly<Record<string, string>> = {
  specversion: 'must be there, and be 1.0',
  subject: 'must be there: the id of the object',
};

/**
 * By name. An attribute without a rule is an unknown extension. `time`, `type`, `id` and `subject` have further rules
 * as fields of an event.
 */
const textRules: ReadonlyMap<string, (value: string) => string | undefined> = new Map([
  ['specversion', (value) => (value === '1.0' ? undefined : 'must be 1.0')],
  ['id', identifierFault],
  ['type', identifierFault],
  ['subject', identifierFault],
  ['source', (value) => (isUriReference(value) ? undefined : 'must be a URI-reference, and not empty')],
  ['dataschema', (value) => (isUri(value) ? undefined : 'must be a URI, with its scheme')],
  ['datacontenttype', dataTypeFault],
  ['time', () => undefined],
  ['partitionkey', identifierFault],
  ['previous', previousFault],
]);

/** What is wrong with one attribute; undefined when nothing is. */
export function attributeFault(name: string, value: unknown): string | undefined {
  if (name === 'data') return 'is no name of an attribute: data is the body';
  if (!/^[a-z0-9]+$/.test(name)) return 'is no name of an attribute: those have lower-case letters and digits only';
  const rule = textRules.get(name);
  if (!rule) return extensionFault(value);
  if (typeof value !== 'string') return 'must be a string';
  return rule(value);
}

function extensionFault(value: unknown): string | undefined {
  if (typeof value === 'boolean' || Buffer.isBuffer(value)) return undefined;
  if (typeof value === 'string') return value.isWellFormed() && !controlCharacter.test(value) ? undefined : badText;
  const number = typeof value === 'bigint' ? Number(value) : value;
  const isInteger = typeof number === 'number' && (number | 0) === number;
  return isInteger ? undefined : 'must be a string, a boolean or a whole number of 32 bits';
}

const controlCharacter = /\p{Cc}/u;
const badText = 'must be well-formed Unicode without control characters';

function dataTypeFault(value: string): string | undefined {
  return isJsonMediaType(mediaTypeOf(value)!)
    ? undefined
    : `must be JSON, like application/json: other data is not taken`;
}

function previousFault(value: string): string | undefined {
  const fault = 'must be a JSON object, as text';
  try {
    return isJsonObject(JSON.parse(value)) ? undefined : fault;
  } catch {
    return fault;
  }
}
