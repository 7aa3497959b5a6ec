import { dateTimePattern } from '../date-time.ts';
import { eventTypes, type EventType } from '../event-types.ts';
import type { JsonObject } from '../json.ts';
import { partitionKeyHeader } from '../topology.ts';
import { identifierSchema, orNull } from './parts.ts';

/** When something happened, as `event.dt` and the `time` of a CloudEvent say it. */
export const timeSchema = (): JsonObject => ({
  type: 'string',
  format: 'date-time',
  pattern: dateTimePattern.source,
  description: 'When it happened, RFC 3339 with an offset, from 1970 on',
});

export const eventTypeSchema = (types: readonly EventType[]): JsonObject => ({
  type: 'string',
  enum: types.map(({ id }) => id),
  description: 'The event type; the routing key is the same',
});

/** An event in the native format: what `readEventFields` takes, and no more than it asks for. */
export function billingEventSchema(types: readonly EventType[] = eventTypes): JsonObject {
  return {
    title: 'An event',
    type: 'object',
    required: ['event', 'data'],
    properties: {
      event: {
        type: 'object',
        required: ['dt', 'events_id', 'object_id'],
        properties: {
          id: orNull(
            identifierSchema(
              'Unique per occurrence; published again it has the same key. `message_id` stands in for it',
            ),
          ),
          dt: timeSchema(),
          events_id: eventTypeSchema(types),
          object_id: {
            oneOf: [
              { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
              identifierSchema('For numbers that a double does not hold, too'),
            ],
            description: 'Id of the object in the billing system',
          },
        },
      },
      data: { type: 'object', description: 'The object; it is not held against the schema of its event type' },
      previous: { type: ['object', 'null'], description: 'Values before the change' },
    },
  };
}

/** What may stand in the headers of an event, whatever its format. */
export function eventHeadersSchema(): JsonObject {
  return {
    type: 'object',
    properties: {
      [partitionKeyHeader]: {
        oneOf: [identifierSchema('The client'), { type: 'number' }, { enum: ['', null] }],
        description: "The client's id, as a string. Without it the key is the event's `group:object_id`",
      },
      traceparent: { description: 'W3C trace context, carried on to the handlers. One that does not parse is ignored' },
    },
  };
}
