import { decodeBillingEvent, eventType, memberTexts, type BillingEvent, type EventEnvelope } from '#contracts';
import { InvalidInput } from '../domain-error.ts';
import { decodeMemberEvent } from '../events/member-event.ts';
import { sampleEvent } from '../events/sample-event.ts';
import { parseJsonObject } from '../http/json-body.ts';

/**
 * The event that a handler is tried on: the one in the body of a request, `{event?}`, or else the sample of its type.
 * In either an id is put that it lacks.
 *
 * @param typeId The handler's event type.
 * @throws {InvalidInput} When the body is not `{event?}`, or the event is of another type.
 * @throws {EventRejected} When what is given is no event; fields are named as they stand in the body, `event.event.dt`.
 */
export function readTestEvent(content: Buffer, envelope: EventEnvelope, typeId: string): BillingEvent {
  return eventOrSample(content.length > 0 ? givenEvent(content) : undefined, envelope, typeId);
}

/**
 * As {@link readTestEvent}, of the text of the event alone.
 *
 * @param given Undefined: the sample.
 */
export function eventOrSample(given: string | undefined, envelope: EventEnvelope, typeId: string): BillingEvent {
  if (given === undefined) {
    return decodeBillingEvent(Buffer.from(JSON.stringify(sampleEvent(eventType(typeId)!))), envelope);
  }
  const event = decodeMemberEvent(given, envelope);
  if (event.type === typeId) return event;
  throw new InvalidInput([{ field: 'event.event.events_id', message: `must be ${typeId}, the handler's` }]);
}

/** The text of the member `event`, as it was written; undefined when there is none. */
function givenEvent(content: Buffer): string | undefined {
  const document = parseJsonObject(content);
  const unknown = Object.keys(document).filter((name) => name !== 'event');
  if (unknown.length > 0) {
    throw new InvalidInput(unknown.map((field) => ({ field, message: 'is unknown' })));
  }
  if (!Object.hasOwn(document, 'event')) return undefined;
  return memberTexts(content.toString('utf8')).get('event');
}
