import type { EventEnvelope } from '../event-envelope.ts';
import { EventRejected, wrongShape } from '../event-rejected.ts';
import { eventText, parseEventText } from '../event-text.ts';
import type { FieldError } from '../field-error.ts';
import { isJsonObject, memberTexts, repeatedMembers } from '../json.ts';
import { mediaTypeOf } from '../media-type.ts';
import type { CloudEvent } from './attributes.ts';
import { cloudEventsJsonType } from './cloud-event.ts';

const batchFormat = 'application/cloudevents-batch';

/**
 * Reads a CloudEvent whose attributes and data are one JSON document.
 *
 * @throws {EventRejected} When it is in another format, or no JSON object, or its data is no JSON.
 */
export function readStructured(content: Buffer, { contentType }: EventEnvelope): CloudEvent {
  const mediaType = mediaTypeOf(contentType)!;
  if (mediaType.startsWith(batchFormat)) {
    const message = 'batches of CloudEvents are not taken; publish each event by itself';
    throw new EventRejected('unsupported_content_type', message);
  }
  if (mediaType !== cloudEventsJsonType) {
    throw new EventRejected(
      'unsupported_content_type',
      `CloudEvents must come as ${cloudEventsJsonType}, not as ${mediaType}`,
    );
  }
  const text = eventText(content);
  const document = parseEventText(text);
  if (!isJsonObject(document)) throw wrongShape([{ field: '', message: 'body must be a JSON object' }]);
  const repeated = repeatedMembers(text);
  if (repeated.length > 0) throw wrongShape(repeated.map((field) => ({ field, message: 'must be there once' })));
  const { data, data_base64: bytes, ...members } = document;
  const attributes = new Map(Object.entries(members).filter(([, value]) => value !== null));
  if (bytes == null)
    return { attributes, data: data === undefined ? undefined : memberTexts(text).get('data'), faults: [] };
  if (data !== undefined) return { attributes, data: undefined, faults: [fault('must not be there beside data')] };
  if (typeof bytes !== 'string' || !base64.test(bytes)) {
    return { attributes, data: undefined, faults: [fault('must be bytes in base64')] };
  }
  const decoded = eventText(Buffer.from(bytes, 'base64'));
  parseEventText(decoded);
  return { attributes, data: decoded, faults: [] };
}

/** RFC 4648, with its padding. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function fault(message: string): FieldError {
  return { field: 'data_base64', message };
}
