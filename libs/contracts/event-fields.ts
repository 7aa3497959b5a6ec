import { eventType, type EventType } from './event-types.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { EventRejected, wrongShape } from './event-rejected.ts';
import type { FieldError } from './field-error.ts';
import { identifierFault } from './identifier.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** What the body of an event says, checked. */
export interface EventFields {
  id: string | undefined;
  idInBody: boolean;
  type: EventType;
  occurredAt: number;
  objectId: number | string;
  data: JsonObject;
  previous: JsonObject | null;
}

/**
 * Checks the body of an event and reads its fields.
 *
 * @throws {EventRejected} `wrong_shape` with every field that is wrong, or `unknown_event_type`.
 */
export function readEventFields(document: Json, envelope: EventEnvelope): EventFields {
  if (!isJsonObject(document)) throw wrongShape([{ field: '', message: 'body must be a JSON object' }]);
  const event = document['event'];
  if (!isJsonObject(event)) throw wrongShape([{ field: 'event', message: 'must be an object' }]);

  const errors: FieldError[] = [];
  const check = <T>(field: string, result: Checked<T>): T | undefined => {
    if ('fault' in result) errors.push({ field, message: result.fault });
    return 'fault' in result ? undefined : result.value;
  };
  const typeId = check('event.events_id', checkType(event['events_id'], envelope.routingKey));
  const ownId = check('event.id', checkId(event['id']));
  const messageId = check('message_id', checkId(envelope.messageId === '' ? undefined : envelope.messageId));
  const occurredAt = check('event.dt', checkTime(event['dt']));
  const objectId = check('event.object_id', checkObjectId(event['object_id']));
  const data = check('data', checkObject(document['data']));
  const previous = check('previous', checkPrevious(document['previous']));
  if (errors.length > 0) throw wrongShape(errors);
  const type = eventType(typeId!);
  if (!type) {
    const message = `${JSON.stringify(typeId)} is not an event type of the catalogue`;
    throw new EventRejected('unknown_event_type', message, [{ field: 'event.events_id', message }]);
  }
  return {
    id: ownId ?? messageId,
    idInBody: ownId !== undefined,
    type,
    occurredAt: occurredAt!,
    objectId: objectId!,
    data: data!,
    previous: previous!,
  };
}

type Checked<T> = { value: T } | { fault: string };

function checkType(value: Json | undefined, routingKey: string | undefined): Checked<string> {
  if (typeof value !== 'string') return { fault: 'must be a string, the id of an event type' };
  const fault = identifierFault(value);
  if (fault) return { fault };
  // Two statements of what happened that differ: running either might be wrong, so a person has to look.
  if (routingKey !== undefined && routingKey !== value) {
    return { fault: `must equal the routing key, which is ${JSON.stringify(routingKey)}` };
  }
  return { value };
}

function checkId(value: unknown): Checked<string | undefined> {
  if (value == null) return { value: undefined };
  if (typeof value !== 'string') return { fault: 'must be a string' };
  const fault = identifierFault(value);
  return fault ? { fault } : { value };
}

/** RFC 3339 date-time. */
export const dateTimePattern = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function checkTime(value: Json | undefined): Checked<number> {
  const fault = 'must be a date and time with an offset, like 2026-03-01T09:15:00+00:00, from 1970 on';
  if (typeof value !== 'string' || !dateTimePattern.test(value) || !dayExists(value)) return { fault };
  const time = Date.parse(value.replace(' ', 'T').toUpperCase());
  return time >= 0 ? { value: time } : { fault };
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function dayExists(value: string): boolean {
  // Every month has these.
  if (value.slice(8, 10) <= '28') return value.slice(8, 10) !== '00';
  const [year, month, day] = value.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year!, month! - 1, day)).getUTCDate() === day;
}

function checkObjectId(value: Json | undefined): Checked<number | string> {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return { value };
    return { fault: 'must be a whole number that a double holds exactly; send larger ones as a string' };
  }
  if (typeof value !== 'string') return { fault: 'must be a number or a string' };
  const fault = identifierFault(value);
  return fault ? { fault } : { value };
}

function checkObject(value: Json | undefined): Checked<JsonObject> {
  return isJsonObject(value) ? { value } : { fault: 'must be an object' };
}

function checkPrevious(value: Json | undefined): Checked<JsonObject | null> {
  return value == null ? { value: null } : checkObject(value);
}
