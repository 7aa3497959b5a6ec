import { cloudEventsPrefix, requiredAttributes, uriPattern, uriReferencePattern } from '../cloud-events/cloud-event.ts';
import { eventTypes, type EventType } from '../event-types.ts';
import type { JsonObject } from '../json.ts';
import { eventHeadersSchema, eventTypeSchema, timeSchema } from './billing-event.schema.ts';
import { identifierSchema, orNull } from './parts.ts';

/** `application/json`, `application/vnd.example+json; charset=utf-8`. */
const jsonType = '^[\\w!#$&^.+-]+/([\\w!#$&^.+-]+\\+)?[jJ][sS][oO][nN]\\s*(;.*)?$';
const required = [...requiredAttributes, 'subject'];
const text = (description: string, pattern?: string): JsonObject => ({
  type: 'string',
  ...(pattern !== undefined && { pattern }),
  description,
});

/** The attributes that mean something to Provisor; of others only the type is looked at. */
function attributes(types: readonly EventType[]): Record<string, JsonObject> {
  return {
    specversion: { const: '1.0', description: 'Version of CloudEvents' },
    id: identifierSchema('Becomes `event.id`'),
    source: text('Who publishes: a URI-reference', uriReferencePattern.source),
    type: eventTypeSchema(types),
    subject: identifierSchema('Id of the object, becomes `event.object_id`'),
    time: orNull(timeSchema()),
    dataschema: orNull(text('A URI', `^(?=${uriPattern.source.slice(1)})${uriReferencePattern.source.slice(1)}`)),
    partitionkey: {
      oneOf: [identifierSchema('As a string'), { type: 'integer' }, { type: 'null' }],
      description: 'The partition key, where no header gives one',
    },
    previous: orNull({
      ...text('Values before the change: a JSON object, as text'),
      contentMediaType: 'application/json',
    }),
  };
}

/** Of a type that an attribute may have: a text, a boolean, a whole number of 32 bits. */
const extension: JsonObject = {
  type: ['string', 'boolean', 'integer', 'null'],
  minimum: -(2 ** 31),
  maximum: 2 ** 31 - 1,
  pattern: '^[^\\u0000-\\u001F\\u007F-\\u009F]*$',
};

/** A CloudEvent whose attributes and data are one document. */
export function structuredCloudEventSchema(types: readonly EventType[] = eventTypes): JsonObject {
  return {
    title: 'A CloudEvent, structured',
    type: 'object',
    required,
    oneOf: [
      { title: 'CloudEventWithData', required: ['data'] },
      { title: 'CloudEventWithBase64', required: ['data_base64'] },
    ],
    properties: {
      ...attributes(types),
      datacontenttype: orNull(text('JSON, or absent', jsonType)),
      data: { type: 'object' },
      data_base64: { type: 'string', contentEncoding: 'base64', description: 'In place of `data`: its JSON as bytes' },
    },
    propertyNames: { pattern: '^([a-z0-9]+|data_base64)$' },
    additionalProperties: extension,
  };
}

/** The headers of a CloudEvent by AMQP whose body is its data. */
export function binaryCloudEventHeadersSchema(types: readonly EventType[] = eventTypes): JsonObject {
  const prefixed = Object.entries(attributes(types)).map(
    ([name, schema]) => [cloudEventsPrefix + name, schema] as const,
  );
  const { properties, ...headers } = eventHeadersSchema();
  return {
    ...headers,
    required: required.map((name) => cloudEventsPrefix + name),
    properties: { ...Object.fromEntries(prefixed), ...(properties as JsonObject) },
    patternProperties: { [`^${cloudEventsPrefix}`]: extension },
    propertyNames: { pattern: `^(?!${cloudEventsPrefix}(?![a-z0-9]+$))` },
  };
}
