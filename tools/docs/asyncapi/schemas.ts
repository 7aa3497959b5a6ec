import {
  billingEventSchema,
  binaryCloudEventHeadersSchema,
  callHeadersSchema,
  catalogChangedSchema,
  catalogReloadSchema,
  eventHeadersSchema,
  eventTypes,
  eventTypeSchema,
  structuredCloudEventSchema,
  type EventType,
  type JsonObject,
} from '#contracts';
import { namedSchemas, nameInCode, schemaReference } from './named-schemas.ts';

/** Schemas by name: of messages, of headers, and for each event type of its event and of its data. */
export function schemas(): JsonObject {
  return namedSchemas({
    EventType: eventTypeSchema(eventTypes),
    Event: billingEventSchema(),
    DeliveredEvent: {
      allOf: [
        schemaReference('Event'),
        { properties: { event: { required: ['id'], properties: { id: { type: 'string' } } } } },
      ],
    },
    EventHeaders: eventHeadersSchema(),
    Data: { type: 'object', description: 'The object, by the schema of its event type' },
    CloudEvent: structuredCloudEventSchema(),
    CloudEventHeaders: binaryCloudEventHeadersSchema(),
    CallHeaders: callHeadersSchema,
    CatalogChanged: catalogChangedSchema,
    CatalogReload: catalogReloadSchema,
    ...Object.fromEntries(eventTypes.map((type) => [eventSchemaName(type), eventOfType(type)])),
    ...Object.fromEntries(eventTypes.map((type) => [dataSchemaName(type), withoutDialect(type.schema)])),
  });
}

/** The name of the schema of the events of a type. */
export function eventSchemaName({ id }: EventType): string {
  return `${nameInCode(id)}Event`;
}

function dataSchemaName({ id }: EventType): string {
  return `${nameInCode(id)}Data`;
}

function eventOfType(type: EventType): JsonObject {
  const head = {
    properties: {
      event: { properties: { events_id: { const: type.id } } },
      data: schemaReference(dataSchemaName(type)),
    },
  };
  return { allOf: [schemaReference('Event'), head] };
}

/** AsyncAPI accepts no dialect. These schemas mean the same in its own one. */
function withoutDialect({ $schema: _dialect, ...schema }: JsonObject): JsonObject {
  return schema;
}
