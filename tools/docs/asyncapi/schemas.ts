import {
  billingEventSchema,
  binaryCloudEventHeadersSchema,
  callHeadersSchema,
  catalogChangedSchema,
  catalogReloadSchema,
  eventHeadersSchema,
  eventTypes,
  structuredCloudEventSchema,
  type JsonObject,
} from '#contracts';

/** Schemas by name: of messages, and under the id of each event type that of its data. */
export function schemas(): JsonObject {
  return {
    event: billingEventSchema(),
    deliveredEvent: {
      allOf: [
        { $ref: '#/components/schemas/event' },
        { properties: { event: { required: ['id'], properties: { id: { type: 'string' } } } } },
      ],
    },
    eventHeaders: eventHeadersSchema(),
    data: { type: 'object', description: 'The object, as the schema of its event type has it' },
    cloudEvent: structuredCloudEventSchema(),
    cloudEventHeaders: binaryCloudEventHeadersSchema(),
    callHeaders: callHeadersSchema,
    catalogChanged: catalogChangedSchema,
    catalogReload: catalogReloadSchema,
    ...Object.fromEntries(eventTypes.map(({ id, schema }) => [id, withoutDialect(schema)])),
  };
}

/** They say nothing in which the dialect of AsyncAPI would differ from theirs, and it wants none to be named. */
function withoutDialect({ $schema: _dialect, ...schema }: JsonObject): JsonObject {
  return schema;
}
