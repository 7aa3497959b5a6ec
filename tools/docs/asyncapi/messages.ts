import { cloudEventsJsonType, eventTypes, partitionKeyHeader, type EventType, type JsonObject } from '#contracts';
import { schemaReference } from './named-schemas.ts';
import { eventSchemaName } from './schemas.ts';

const dt = '2026-03-01T09:15:00+00:00';
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

const structured = 'cloudEventStructured';
const binary = 'cloudEventBinary';

/** The messages that the billing system may publish: one for each event type, and CloudEvents. */
export function eventMessageNames(): string[] {
  return [...eventTypes.map(({ id }) => id), structured, binary];
}

/** Messages by name. */
export function messages(): JsonObject {
  const byName: Record<string, JsonObject> = {
    ...Object.fromEntries(eventTypes.map((type) => [type.id, eventMessage(type)])),
    ...cloudEvents(eventTypes.find(({ id }) => id === 'clients.update')!),
    catalogChanged: {
      title: 'Handlers have changed',
      payload: schemaReference('CatalogChanged'),
      examples: [{ payload: { pattern: 'catalog.changed', data: { revision: 42 } } }],
    },
    catalogReload: {
      title: 'Every executor must reload its catalog',
      payload: schemaReference('CatalogReload'),
      examples: [{ payload: { pattern: 'catalog.reload', data: {} } }],
    },
    ...handlerCalls(eventTypes.find(({ id }) => id === 'clients.create')!),
  };
  return Object.fromEntries(Object.entries(byName).map(([name, message]) => [name, { name, ...message }]));
}

/** An event of a type, as the billing system would publish it. */
function exampleEvent({ id, sample, sampleObject }: EventType): JsonObject {
  return { event: { id: 'e-4711', dt, events_id: id, object_id: sampleObject.id }, data: sample };
}

const keyOf = ({ sampleObject }: EventType): string => String(sampleObject.clientId);

function eventMessage(type: EventType): JsonObject {
  return {
    title: `${type.group}: ${type.label}`,
    headers: schemaReference('EventHeaders'),
    payload: schemaReference(eventSchemaName(type)),
    correlationId: { location: '$message.payload#/event/id', description: 'Identifies the occurrence' },
    bindings: { amqp: { contentEncoding: 'utf-8', messageType: type.id, bindingVersion: '0.3.0' } },
    examples: [{ headers: { [partitionKeyHeader]: keyOf(type) }, payload: exampleEvent(type) }],
  };
}

/** The same event in both content modes of CloudEvents. */
function cloudEvents(type: EventType): Record<string, JsonObject> {
  const attributes = attributesOf(type);
  const prefixed = Object.entries(attributes).map(([name, value]) => [`cloudEvents:${name}`, value]);
  return {
    [structured]: {
      title: 'Any event, as a structured CloudEvent',
      contentType: 'application/cloudevents+json',
      headers: schemaReference('EventHeaders'),
      payload: schemaReference('CloudEvent'),
      correlationId: { location: '$message.payload#/id' },
      examples: [{ payload: { ...attributes, data: type.sample } }],
    },
    [binary]: {
      title: 'Any event, as a binary CloudEvent',
      description:
        'The body is the data. Clients whose header names cannot contain a colon write `cloudEvents_id` instead of `cloudEvents:id`.',
      headers: schemaReference('CloudEventHeaders'),
      payload: schemaReference('Data'),
      correlationId: { location: '$message.header#/cloudEvents:id' },
      examples: [{ headers: Object.fromEntries(prefixed) as JsonObject, payload: type.sample }],
    },
  };
}

function attributesOf(type: EventType): Record<string, string> {
  return {
    specversion: '1.0',
    id: 'e-4711',
    source: '/billing',
    type: type.id,
    time: dt,
    subject: String(type.sampleObject.id),
    partitionkey: keyOf(type),
  };
}

/** The same call in both formats that a handler can have. */
function handlerCalls(type: EventType): Record<string, JsonObject> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Provisor/0.1.0',
    'webhook-id': '019ca8e5-2ba0-7d7b-8c66-2f4d3f1c5a90',
    'webhook-timestamp': '1772356501',
    'provisor-event-id': 'e-4711',
    'provisor-event-type': type.id,
    'provisor-handler-id': '019ca8d0-1f00-7c3e-9a51-0b7de2c4f611',
    'provisor-attempt': '1',
    traceparent,
  };
  const call = {
    headers: schemaReference('CallHeaders'),
    correlationId: {
      location: '$message.header#/webhook-id',
      description: 'The same for every attempt of an execution',
    },
  };
  const contentType = `${cloudEventsJsonType}; charset=utf-8`;
  const cloudEvent = { ...attributesOf(type), datacontenttype: 'application/json', data: type.sample };
  return {
    handlerCall: {
      title: 'A call of an HTTP handler',
      description: 'The event as published, byte for byte; `event.id` is always present. The handler may add headers.',
      ...call,
      payload: schemaReference('DeliveredEvent'),
      examples: [{ headers, payload: exampleEvent(type) }],
    },
    handlerCallCloudEvent: {
      title: 'A call of an HTTP handler with the format cloudevents',
      description: 'The data is as published, byte for byte. The handler may add headers.',
      contentType,
      ...call,
      payload: schemaReference('CloudEvent'),
      examples: [{ headers: { ...headers, 'content-type': contentType }, payload: cloudEvent }],
    },
  };
}
