import { v7 as uuidv7 } from 'uuid';
import { isCloudEvent } from './cloud-events/content-mode.ts';
import { asAttributeFaults } from './cloud-events/faults.ts';
import { nativeMessage } from './cloud-events/native-message.ts';
import { carriedMember } from './cloud-events/wire-names.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { readEventFields } from './event-fields.ts';
import { EventRejected, wrongShape } from './event-rejected.ts';
import { eventText, parseEventText } from './event-text.ts';
import { identifierFault } from './identifier.ts';
import { isJsonObject, parseKeepingNumbers, type JsonObject } from './json.ts';
import { mediaTypeOf } from './media-type.ts';
import { partitionKeyHeader } from './topology.ts';

/** One occurrence in the billing system, decoded and checked. */
export interface BillingEvent {
  /** Unique per occurrence. */
  readonly id: string;
  /** False when nobody gave the event an id and one was made: it cannot be recognised when it comes again. */
  readonly hasOwnId: boolean;
  /** Id of the event type, `clients.create`. */
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly occurredAt: number;
  readonly objectId: number | string;
  /** Events that share it are handled strictly one after another. */
  readonly partitionKey: string;
  readonly data: JsonObject;
  readonly previous: JsonObject | null;
  /**
   * The JSON of it: what was received, byte for byte, unless an id had to be put in, or it came as a
   * CloudEvent.
   */
  readonly body: string;
  /** Whether the body has, in a member of its own, attributes of a CloudEvent that the native format has no place for. */
  readonly carriesAttributes: boolean;
  /** W3C trace context of the publisher, when it sent a usable one. */
  readonly traceparent: string | null;
}

/**
 * Decodes and checks a message as it comes from the billing system.
 *
 * @throws {EventRejected} When it does not fit, with every field that is wrong.
 */
export function decodeBillingEvent(content: Buffer, envelope: EventEnvelope): BillingEvent {
  return isCloudEvent(envelope) ? decodeCloudEvent(content, envelope) : decodeNative(content, envelope);
}

/** The bytes of an event in the native format: those that came, unless they came as a CloudEvent. */
export function nativeContent(event: BillingEvent, content: Buffer, envelope: EventEnvelope): Buffer {
  return isCloudEvent(envelope) ? Buffer.from(event.body) : content;
}

function decodeCloudEvent(content: Buffer, envelope: EventEnvelope): BillingEvent {
  checkContentEncoding(envelope);
  const native = nativeMessage(content, envelope);
  let event: BillingEvent;
  try {
    event = decodeNative(native.content, native.envelope);
  } catch (error) {
    throw asAttributeFaults(error, native.faults);
  }
  if (native.faults.length > 0) throw wrongShape(native.faults);
  return event;
}

function decodeNative(content: Buffer, envelope: EventEnvelope): BillingEvent {
  checkContentType(envelope);
  checkContentEncoding(envelope);
  const text = eventText(content);
  const document = parseEventText(text);
  const fields = readEventFields(document, envelope);
  const hasOwnId = fields.id !== undefined;
  const id = fields.id ?? uuidv7();
  return {
    id,
    hasOwnId,
    type: fields.type.id,
    occurredAt: fields.occurredAt,
    objectId: fields.objectId,
    partitionKey: partitionKeyOf(envelope) ?? `${fields.type.group}:${fields.objectId}`,
    data: fields.data,
    previous: fields.previous,
    body: fields.idInBody ? text : withEventId(text, id),
    carriesAttributes: isJsonObject(document) && carriedMember in document,
    traceparent: traceparentOf(envelope),
  };
}

function checkContentType({ contentType }: EventEnvelope): void {
  const mediaType = mediaTypeOf(contentType);
  // Simple publishers leave it out; what they send is JSON or will be refused as not being it.
  if (mediaType && mediaType !== 'application/json') {
    throw new EventRejected('unsupported_content_type', `content type must be application/json, not ${mediaType}`);
  }
}

function checkContentEncoding({ contentEncoding }: EventEnvelope): void {
  if (contentEncoding && !/^(identity|utf-?8)$/i.test(contentEncoding)) {
    throw new EventRejected('unsupported_content_type', `content encoding ${contentEncoding} is not supported`);
  }
}

function partitionKeyOf({ headers }: EventEnvelope): string | undefined {
  const header = headers[partitionKeyHeader];
  if (header == null || header === '') return undefined;
  const key = typeof header === 'number' || typeof header === 'bigint' ? String(header) : header;
  const fault = typeof key === 'string' ? identifierFault(key) : 'must be a string';
  if (fault) {
    const errors = [{ field: partitionKeyHeader, message: fault }];
    throw new EventRejected('bad_header', `header ${partitionKeyHeader} ${fault}`, errors);
  }
  return key as string;
}

const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

function traceparentOf({ headers }: EventEnvelope): string | null {
  const header = headers['traceparent'];
  // W3C Trace Context: what does not parse is ignored, never an error.
  return typeof header === 'string' && traceparentPattern.test(header) ? header : null;
}

function withEventId(text: string, id: string): string {
  const document = parseKeepingNumbers(text) as { event: Record<string, unknown> };
  document.event['id'] = id;
  return JSON.stringify(document);
}
