import { cloudEventsJsonType, cloudEventsPrefix } from './cloud-events/cloud-event.ts';
import type { EventEnvelope } from './event-envelope.ts';
import type { FieldError } from './field-error.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { partitionKeyHeader } from './topology.ts';

/** What an event looks like, for those who sent something else. */
const expected = 'body must be {"event": {…}, "data": {…}}';

/**
 * What a message contains instead of an event, if it is recognised: the envelope of a framework, a CloudEvent without
 * its content type, an event that was encoded twice. Undefined if it is unknown.
 */
export function mistakenFormat(document: Json, { headers }: EventEnvelope): FieldError | undefined {
  for (const field in headers) {
    const attribute = misspeltAttribute.exec(field)?.[1]?.toLowerCase();
    if (attribute !== undefined) return { field, message: `must be written ${cloudEventsPrefix}${attribute}` };
  }
  const found = isJsonObject(document) ? envelopeIn(document) : notAnObject(document, headers);
  return found === undefined ? undefined : { field: '', message: `${expected}, and is ${found}` };
}

/** An attribute that every CloudEvent has, in another case, or as the bindings of HTTP and Kafka write it. */
const misspeltAttribute = /^(?:cloudevents|ce)[:_-](specversion|id|source|type)$/i;

function envelopeIn(document: JsonObject): string | undefined {
  const has = (...names: string[]): boolean => names.every((name) => name in document);
  if (has('specversion', 'type')) return `a CloudEvent: publish it with the content type ${cloudEventsJsonType}`;
  if (has('pattern', 'data')) return 'a message of a NestJS client, {"pattern", "data"}: publish without ClientProxy';
  if (has('task', 'args') || has('task', 'kwargs')) return celery;
  if (has('messageType', 'message')) return 'an envelope of MassTransit: publish with its raw JSON serializer';
  if (has('job', 'data')) return 'a job of Laravel: publish with php-amqplib, not through its queue';
  if (has('events_id', 'object_id')) return 'what belongs into "event"';
  return undefined;
}

const celery = 'a task of Celery: publish with pika or kombu.Producer, not as a task';

function notAnObject(document: Json, headers: EventEnvelope['headers']): string | undefined {
  if (Array.isArray(document)) {
    if (typeof headers['task'] === 'string') return celery;
    return document.length > 0 ? 'a list: publish each event by itself' : undefined;
  }
  if (typeof document === 'string') return 'a JSON string: it was encoded twice';
  return undefined;
}

/** A misspelt `partition-key` header. Header names of AMQP are case-sensitive, and the key would be lost. */
export function misspeltKeyHeader(headers: EventEnvelope['headers']): string | undefined {
  for (const name in headers) if (name !== partitionKeyHeader && misspeltKey.test(name)) return name;
  return undefined;
}

const misspeltKey = /^(?:x[-_ ])?partition[-_ .]?key$/i;
