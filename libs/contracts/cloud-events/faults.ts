import { EventRejected, wrongShape } from '../event-rejected.ts';
import type { FieldError } from '../field-error.ts';

/** The attribute of a CloudEvent that becomes a field of an event. */
const attributeOf: Readonly<Record<string, string>> = {
  'event.events_id': 'type',
  'event.id': 'id',
  'event.dt': 'time',
  'event.object_id': 'subject',
};

/**
 * What is wrong with the event that a CloudEvent became, told of the attributes that its publisher knows.
 *
 * @param faults Those that were found before; of an attribute that has one there is nothing more to say.
 */
export function asAttributeFaults(error: unknown, faults: readonly FieldError[]): unknown {
  if (!(error instanceof EventRejected)) return error;
  const known = new Set(faults.map(({ field }) => field));
  const found = error.errors
    .map(({ field, message }) => ({ field: attributeOf[field] ?? field, message }))
    .filter(({ field }) => !known.has(field));
  if (error.reason === 'wrong_shape' || faults.length > 0) return wrongShape([...faults, ...found]);
  return new EventRejected(error.reason, error.message, found);
}
