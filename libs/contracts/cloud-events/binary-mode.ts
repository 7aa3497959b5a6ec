import type { EventEnvelope } from '../event-envelope.ts';
import { eventText, parseEventText } from '../event-text.ts';
import type { FieldError } from '../field-error.ts';
import { isUnspecific, mediaTypeOf } from '../media-type.ts';
import type { CloudEvent } from './attributes.ts';
import { cloudEventsJmsPrefix, cloudEventsPrefix } from './cloud-event.ts';

/**
 * Reads a CloudEvent whose attributes are headers and whose data is the body.
 *
 * @throws {EventRejected} When the body is no JSON.
 */
export function readBinary(content: Buffer, { contentType, headers }: EventEnvelope): CloudEvent {
  const attributes = new Map<string, unknown>();
  const faults: FieldError[] = [];
  for (const [header, value] of Object.entries(headers)) {
    const prefix = [cloudEventsJmsPrefix, cloudEventsPrefix].find((each) => header.startsWith(each));
    if (prefix === undefined || value == null) continue;
    const name = header.slice(prefix.length);
    const read = ofBroker(value);
    // It may stand under both prefixes, but not for two things.
    if (attributes.has(name) && attributes.get(name) !== read) {
      faults.push({ field: name, message: 'must be the same under both prefixes' });
    }
    attributes.set(name, read);
  }
  // Its place is the content type.
  attributes.delete('datacontenttype');
  if (contentType && !isUnspecific(mediaTypeOf(contentType))) attributes.set('datacontenttype', contentType);
  if (content.length === 0) return { attributes, data: undefined, faults };
  const data = eventText(content);
  parseEventText(data);
  return { attributes, data, faults };
}

/** What AMQP clients give for a header: a timestamp, in seconds, may stand for its text. */
function ofBroker(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('!' in value) || !('value' in value)) return value;
  if (value['!'] !== 'timestamp' || typeof value.value !== 'number') return value;
  const time = new Date(value.value * 1_000);
  return Number.isNaN(time.getTime()) ? value : time.toISOString();
}
