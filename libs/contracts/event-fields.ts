import { readMoment } from './date-time.ts';
import { eventType, type EventType } from './event-types.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { EventRejected, wrongShape } from './event-rejected.ts';
import type { FieldError } from './field-error.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { mistakenFormat } from './mistaken-format.ts';
import { identifierFault } from './text-formats.ts';

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
  const event = isJsonObject(document) ? document['event'] : undefined;
  if (!isJsonObject(document) || !isJsonObject(event)) {
    const mistaken = event === undefined ? mistakenFormat(document, envelope) : undefined;
    const fault = isJsonObject(document)
      ? { field: 'event', message: notAnObject(event) }
      : { field: '', message: `body ${notAnObject(document, 'a JSON object')}` };
    throw wrongShape([mistaken ?? fault]);
  }

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

function checkTime(value: Json | undefined): Checked<number> {
  const time = readMoment(typeof value === 'string' ? value : '');
  return typeof time === 'string' ? { fault: time } : { value: time };
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
  return isJsonObject(value) ? { value } : { fault: notAnObject(value) };
}

function notAnObject(value: Json | undefined, expected = 'an object'): string {
  const isEmptyList = Array.isArray(value) && value.length === 0;
  return `must be ${expected}${isEmptyList ? ', and is the list []; in PHP an empty object is (object) []' : ''}`;
}

function checkPrevious(value: Json | undefined): Checked<JsonObject | null> {
  return value == null ? { value: null } : checkObject(value);
}
