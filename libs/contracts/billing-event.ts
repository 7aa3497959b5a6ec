import { v7 as uuidv7 } from 'uuid';
import { carriedMember, isCloudEvent } from './cloud-events/cloud-event.ts';
import { asAttributeFaults } from './cloud-events/faults.ts';
import { nativeMessage } from './cloud-events/native-message.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { readEventFields } from './event-fields.ts';
import { EventRejected, wrongShape } from './event-rejected.ts';
import { eventText, parseEventText, tooLarge } from './event-text.ts';
import type { FieldError } from './field-error.ts';
import { isJsonObject, memberTexts, repeatedMembers, withMember, type JsonObject } from './json.ts';
import { charsetOf, isUnspecific, mediaTypeOf } from './media-type.ts';
import { misspeltKeyHeader } from './mistaken-format.ts';
import { identifierFault } from './text-formats.ts';
import { partitionKeyHeader } from './topology.ts';

/** One occurrence in the billing system, decoded and checked. */
export interface BillingEvent {
  /** Unique per occurrence. */
  readonly id: string;
  /** False when the event came without an id and one was made: it cannot be recognised when it comes again. */
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
  /**
   * Whether the body has, in a member of its own, attributes of a CloudEvent that the native format has no place for.
   */
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
  if (envelope.faults && envelope.faults.length > 0) throw unreadable(envelope.faults);
  // Of a body that is too long only its beginning may be there.
  if (envelope.size !== undefined && envelope.size > content.length) throw tooLarge(envelope.size);
  checkKeyHeader(envelope);
  return isCloudEvent(envelope) ? decodeCloudEvent(content, envelope) : decodeNative(content, envelope);
}

function unreadable(faults: readonly FieldError[]): EventRejected {
  const message = faults.map(({ field, message }) => `${field} ${message}`).join('; ');
  return new EventRejected('bad_header', message, faults);
}

/** The bytes of an event in the native format: those that came, unless they came as a CloudEvent. */
export function nativeContent(event: BillingEvent, content: Buffer, envelope: EventEnvelope): Buffer {
  return isCloudEvent(envelope) ? Buffer.from(event.body) : content;
}

/** The unchanged event in the native format, without the attributes that are only for readers of CloudEvents. */
export function nativeEventText({ body, carriesAttributes }: BillingEvent): string {
  if (!carriesAttributes) return body;
  const members = [...memberTexts(body)].filter(([name]) => name !== carriedMember);
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

function decodeCloudEvent(content: Buffer, envelope: EventEnvelope): BillingEvent {
  checkCharset(envelope);
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
  checkNames(text);
  const hasOwnId = fields.id !== undefined;
  const id = fields.id ?? uuidv7();
  const event = {
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
  return text.length > longBody ? parsedWhenAsked(event) : event;
}

/**
 * Characters of a body from which on what is parsed of it is not kept: empty objects take twenty times the memory of
 * their text.
 */
const longBody = 1_024;

/**
 * The same event, whose `data` and `previous` are parsed when they are asked for, and kept as long as there is memory.
 */
function parsedWhenAsked({ data: _data, previous: _previous, ...event }: BillingEvent): BillingEvent {
  let parsed: WeakRef<Pick<BillingEvent, 'data' | 'previous'>> | undefined;
  const read = () => {
    const known = parsed?.deref();
    if (known) return known;
    const { data, previous } = JSON.parse(event.body) as { data: JsonObject; previous?: JsonObject | null };
    const members = { data, previous: previous ?? null };
    parsed = new WeakRef(members);
    return members;
  };
  return {
    ...event,
    get data() {
      return read().data;
    },
    get previous() {
      return read().previous;
    },
  };
}

/** Handlers get the text, and their readers may take the other one of two members with one name. */
function checkNames(text: string): void {
  const repeated = repeatedMembers(text, 'event');
  if (repeated.length > 0) throw wrongShape(repeated.map((field) => ({ field, message: 'must be there once' })));
}

function checkContentType(envelope: EventEnvelope): void {
  // Nearly every event has just this one.
  if (envelope.contentType === 'application/json') return;
  const mediaType = mediaTypeOf(envelope.contentType);
  // Simple publishers leave it out; what they send is JSON or will be refused as not being it.
  if (!isUnspecific(mediaType) && mediaType !== 'application/json') {
    throw new EventRejected('unsupported_content_type', `content type must be application/json, not ${mediaType}`);
  }
  checkCharset(envelope);
}

function checkCharset({ contentType }: EventEnvelope): void {
  const charset = charsetOf(contentType);
  if (charset === undefined || /^utf-?8$/i.test(charset)) return;
  throw new EventRejected('unsupported_content_type', `charset of the content type must be utf-8, not ${charset}`);
}

function checkContentEncoding({ contentEncoding }: EventEnvelope): void {
  if (!contentEncoding || /^(identity|utf-?8)$/i.test(contentEncoding)) return;
  const message = `content encoding must be none, identity or utf-8, not ${contentEncoding}; publish plain UTF-8`;
  throw new EventRejected('unsupported_content_type', message);
}

/** A key in a header with another name would be lost, and with it the order. */
function checkKeyHeader({ headers }: EventEnvelope): void {
  const key = headers[partitionKeyHeader];
  const field = key == null || key === '' ? misspeltKeyHeader(headers) : undefined;
  if (field === undefined) return;
  const message = `must be written ${partitionKeyHeader}`;
  throw new EventRejected('bad_header', `header ${field} ${message}`, [{ field, message }]);
}

function partitionKeyOf({ headers }: EventEnvelope): string | undefined {
  const header = headers[partitionKeyHeader];
  if (header == null || header === '') return undefined;
  const key = typeof header === 'bigint' || isExact(header) ? String(header) : header;
  const fault = typeof key === 'string' ? identifierFault(key) : 'must be a string, or a number with all its digits';
  if (fault) {
    const errors = [{ field: partitionKeyHeader, message: fault }];
    throw new EventRejected('bad_header', `header ${partitionKeyHeader} ${fault}`, errors);
  }
  return key as string;
}

/** A number that is not only the nearest one to what was meant: two keys that share it would be one. */
function isExact(value: unknown): value is number {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
}

const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

function traceparentOf({ headers }: EventEnvelope): string | null {
  const header = headers['traceparent'];
  // W3C Trace Context: what does not parse is ignored, never an error.
  return typeof header === 'string' && traceparentPattern.test(header) ? header : null;
}

function withEventId(text: string, id: string): string {
  const event = memberTexts(text).get('event')!;
  return withMember(text, 'event', withMember(event, 'id', JSON.stringify(id)));
}
