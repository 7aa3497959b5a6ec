import { cloudEventsJsonType } from '../cloud-events/cloud-event.ts';
import type { JsonObject } from '../json.ts';
import { traceparentPattern, uuidSchema } from './parts.ts';

const attempt = { description: 'Which attempt of the execution, from 1' };
const executionId = uuidSchema('Of the execution: the same for every attempt, and after a redelivery');
const traceparent = {
  type: 'string',
  pattern: traceparentPattern,
  description: "W3C trace context: the publisher's, else one made from the execution",
};

/** The headers of the HTTP call of a handler, besides the handler's own. */
export const callHeadersSchema: JsonObject = {
  type: 'object',
  required: [
    'content-type',
    'user-agent',
    'webhook-id',
    'webhook-timestamp',
    'provisor-event-id',
    'provisor-event-type',
    'provisor-handler-id',
    'provisor-attempt',
    'traceparent',
  ],
  properties: {
    'content-type': {
      enum: ['application/json', `${cloudEventsJsonType}; charset=utf-8`],
      description: 'JSON in UTF-8; the second where the format of the handler is `cloudevents`',
    },
    'user-agent': { type: 'string', pattern: '^Provisor/', description: '`Provisor/` and its version' },
    'webhook-id': executionId,
    'webhook-timestamp': { type: 'string', pattern: '^\\d+$', description: 'When it was sent, seconds since 1970' },
    'webhook-signature': {
      type: 'string',
      pattern: '^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$',
      description: 'Standard Webhooks `v1`, where the handler has a secret; several while secrets are replaced',
    },
    'provisor-event-id': {
      type: 'string',
      pattern: '^([ -$&-~]|%[0-9A-F]{2})+$',
      description:
        "The event's id; characters beyond printable ASCII, outer spaces and `%` are percent-encoded (UTF-8)",
    },
    'provisor-event-type': { type: 'string', description: 'The event type' },
    'provisor-handler-id': uuidSchema('Of the handler'),
    'provisor-attempt': { type: 'string', pattern: '^[1-9]\\d*$', ...attempt },
    traceparent,
  },
};

/** The variables of a script that runs once for each event. */
export const scriptEnvironmentSchema: JsonObject = {
  type: 'object',
  required: [
    'PATH',
    'LANG',
    'TZ',
    'HOME',
    'PROVISOR_EVENT_ID',
    'PROVISOR_EVENT_TYPE',
    'PROVISOR_OBJECT_ID',
    'PROVISOR_HANDLER_ID',
    'PROVISOR_EXECUTION_ID',
    'PROVISOR_ATTEMPT',
    'TRACEPARENT',
  ],
  properties: {
    PATH: { type: 'string', description: "The executor's" },
    LANG: { type: 'string', description: "The executor's" },
    TZ: { type: 'string', description: "The executor's" },
    HOME: { type: 'string', description: "That of `SCRIPT_USER`, else the executor's" },
    PROVISOR_EVENT_ID: { type: 'string', description: "The event's id" },
    PROVISOR_EVENT_TYPE: { type: 'string', description: 'The event type' },
    PROVISOR_OBJECT_ID: { type: 'string', description: 'Id of the object in the billing system' },
    PROVISOR_HANDLER_ID: uuidSchema('Of the handler; a persistent script has this one of them alone'),
    PROVISOR_EXECUTION_ID: executionId,
    PROVISOR_ATTEMPT: { type: 'string', pattern: '^[1-9]\\d*$', ...attempt },
    TRACEPARENT: traceparent,
  },
  additionalProperties: false,
};

/** The line for a persistent script: an event, with these members added. */
export const scriptLineSchema: JsonObject = {
  type: 'object',
  required: ['execution_id', 'attempt'],
  oneOf: [{ required: ['event', 'data'] }, { required: ['cloudevent'] }],
  properties: {
    execution_id: executionId,
    attempt: { type: 'integer', minimum: 1, ...attempt },
    event: { type: 'object', description: 'As it was published, with its id' },
    data: { type: 'object', description: 'As it was published' },
    previous: { type: ['object', 'null'], description: 'As it was published' },
    cloudevent: { type: 'object', description: 'In place of these, where the format of the handler is `cloudevents`' },
  },
};
