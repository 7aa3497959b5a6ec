import type { EventEnvelope } from '../event-envelope.ts';
import { EventRejected, wrongShape } from '../event-rejected.ts';
import { eventText, parseEventText } from '../event-text.ts';
import type { FieldError } from '../field-error.ts';
import { isJsonObject, parseKeepingNumbers } from '../json.ts';
import { mediaTypeOf } from '../media-type.ts';
import type { CloudEvent } from './cloud-event.ts';

const jsonFormat = 'application/cloudevents+json';
const batchFormat = 'application/cloudevents-batch';

/**
 * Reads a CloudEvent whose attributes and data are one JSON document.
 *
 * @throws {EventRejected} When it is in another format, or no JSON object.
 */
export function readStructured(content: Buffer, { contentType }: EventEnvelope): CloudEvent {
  const mediaType = mediaTypeOf(contentType)!;
  if (mediaType.startsWith(batchFormat)) {
    const message = 'batches of CloudEvents are not taken; publish each event by itself';
    throw new EventRejected('unsupported_content_type', message);
  }
  if (mediaType !== jsonFormat) {
    throw new EventRejected('unsupported_content_type', `CloudEvents must come as ${jsonFormat}, not as ${mediaType}`);
  }
  const text = eventText(content);
  const document = parseEventText(text);
  if (!isJsonObject(document)) throw wrongShape([{ field: '', message: 'body must be a JSON object' }]);
  const attributes = new Map<string, unknown>();
  const faults: FieldError[] = [];
  for (const [name, value] of Object.entries(document)) {
    if (name === 'data' || value === null) continue;
    if (name === 'data_base64') faults.push({ field: name, message: 'is not taken; give JSON in data' });
    else attributes.set(name, value);
  }
  return { attributes, data: dataText(text), faults };
}

/** Every number as it was written. */
function dataText(text: string): string | undefined {
  const { data } = parseKeepingNumbers(text) as { data?: unknown };
  return data === undefined ? undefined : JSON.stringify(data);
}
