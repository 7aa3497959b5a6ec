import type { EventEnvelope } from '../event-envelope.ts';

/** Before the name of an attribute, in the headers of a CloudEvent by AMQP. */
export const cloudEventsPrefix = 'cloudEvents:';
/** The same, for clients whose header names may have no colon. */
export const cloudEventsJmsPrefix = 'cloudEvents_';
/** The content type of a CloudEvent whose attributes and data are one JSON document. */
export const cloudEventsJsonType = 'application/cloudevents+json';
/**
 * The member of an event in the native format that has those attributes of a CloudEvent for which the format has no
 * place.
 */
export const carriedMember = 'cloudevent_attributes';

/** What every CloudEvent has. */
export const requiredAttributes = ['specversion', 'id', 'source', 'type'] as const;

const marks = new Set(
  [cloudEventsPrefix, cloudEventsJmsPrefix].flatMap((prefix) => requiredAttributes.map((name) => prefix + name)),
);

/** Whether attributes and data are one document, in the body. */
export function isStructured({ contentType }: EventEnvelope): boolean {
  return contentType !== undefined && /^\s*application\/cloudevents/i.test(contentType);
}

/**
 * Whether a message is a CloudEvent: its content type says so, or a header has an attribute that every CloudEvent has.
 * One attribute suffices, so that a publisher that forgets another one learns about that one.
 */
export function isCloudEvent(envelope: EventEnvelope): boolean {
  // The usual content type, recognised without a search.
  if (envelope.contentType !== 'application/json' && isStructured(envelope)) return true;
  for (const name in envelope.headers) if (marks.has(name)) return true;
  return false;
}

/** RFC 3986, as far as its characters go. */
export const uriReferencePattern = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
/** What a URI-reference begins with that is a URI. */
export const uriPattern = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Whether a text may be the `source` of a CloudEvent: a URI-reference, and not empty. */
export function isUriReference(text: string): boolean {
  return uriReferencePattern.test(text);
}

/** Whether it is one with its scheme. */
export function isUri(text: string): boolean {
  return uriPattern.test(text) && isUriReference(text);
}
