import type { EventEnvelope } from '../event-envelope.ts';
import { cloudEventsJmsPrefix, cloudEventsPrefix } from './wire-names.ts';

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
 * Whether a message is meant to be a CloudEvent: its content type says so, or a header has an attribute that every CloudEvent
 * has. One alone suffices, so that whoever forgets another hears of that one.
 */
export function isCloudEvent(envelope: EventEnvelope): boolean {
  // The usual content type, to be seen without a search.
  if (envelope.contentType !== 'application/json' && isStructured(envelope)) return true;
  for (const name in envelope.headers) if (marks.has(name)) return true;
  return false;
}
