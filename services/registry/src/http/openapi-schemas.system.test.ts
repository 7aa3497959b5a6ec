import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import {
  durationPattern,
  eventFormats,
  eventTypes,
  failurePolicies,
  handlerDefaults,
  handlerStatuses,
  httpMethods,
  outcomeKinds,
  reachedKinds,
  rejectionReasons,
  scriptModes,
  taskTypes,
  weekdays,
} from '#contracts';
import { apiRoles } from '#orm';
import { builtDescription } from '../../../../tools/test/built-description.ts';

interface Schema {
  type?: string | string[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  example?: unknown;
  default?: unknown;
  format?: string;
  $ref?: string;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: Schema;
}

const text = (minLength: number, maxLength: number): Schema => ({ type: 'string', minLength, maxLength }) as Schema;
const atMost = (maxLength: number): Schema => ({ type: 'string', maxLength }) as Schema;
const whole = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum }) as Schema;
const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: [...values] }) as Schema;
const list = (items: Schema, bounds: object): Schema => ({ type: 'array', items, ...bounds });
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const nested = (name: string): Schema => ({ allOf: [ref(name)] });
const anyText = { type: 'string' };
const dateTime = { type: 'string', format: 'date-time' };
const uuid = { type: 'string', format: 'uuid' };
const anyObject = { type: 'object', additionalProperties: true };
const event = oneOf(eventTypes.map(({ id }) => id));
const duration = { type: 'string', pattern: durationPattern.source };
const task = {
  oneOf: [ref('ScriptTaskInput'), ref('HttpTaskInput'), ref('EmailTaskInput')],
  discriminator: {
    propertyName: 'type',
    mapping: {
      script: ref('ScriptTaskInput').$ref,
      http: ref('HttpTaskInput').$ref,
      email: ref('EmailTaskInput').$ref,
    },
  },
};

const handler = {
  name: text(1, 255),
  description: atMost(10_000),
  event,
  task,
  status: oneOf(handlerStatuses),
  priority: whole(1, 1_000_000),
  onFailure: oneOf(failurePolicies),
  timeoutMs: whole(1, 3_600_000),
  retry: nested('RetryInput'),
  maxConcurrency: whole(1, 10_000),
  condition: { type: ['string', 'null'], maxLength: 2_000 },
  lasting: { type: ['string', 'null'], pattern: durationPattern.source },
  format: oneOf(eventFormats),
  outcomes: list(ref('OutcomeRuleInput'), { maxItems: 16 }),
  keep: { type: 'object', additionalProperties: anyText, maxProperties: 16 },
  windows: list(ref('HoldWindowInput'), { maxItems: 20 }),
  releasePerSecond: { type: 'number', minimum: 0.1, maximum: 100_000 },
};
const defaults: Record<string, unknown> = handlerDefaults;
const handlerWithDefaults = Object.fromEntries(
  Object.entries(handler).map(([field, schema]) => [
    field,
    defaults[field] === undefined ? schema : { ...schema, default: defaults[field] },
  ]),
);

const orNull = (name: string): object => ({ anyOf: [ref(name), { type: 'null' }] });
const auth = {
  anyOf: [{ oneOf: [ref('BasicAuthInput'), ref('ClientCredentialsAuthInput')] }, { type: 'null' }],
  discriminator: {
    propertyName: 'type',
    mapping: {
      basic: ref('BasicAuthInput').$ref,
      oauth2_client_credentials: ref('ClientCredentialsAuthInput').$ref,
    },
  },
};
const target = {
  name: text(1, 255),
  description: atMost(10_000),
  baseUrl: text(1, 2_048),
  headers: { type: 'object', additionalProperties: { type: 'string' }, maxProperties: 50 },
  secretHeaders: list(text(1, 4_096), { maxItems: 50 }),
  tls: orNull('HttpTlsInput'),
  auth: auth,
  rate: orNull('TargetRateInput'),
  maxConcurrency: { type: ['integer', 'null'], minimum: 1, maximum: 100_000 },
  windows: handler.windows,
  releasePerSecond: handler.releasePerSecond,
};
const targetWithDefaults = {
  ...target,
  description: { ...target.description, default: '' },
  headers: { ...target.headers, default: {} },
  windows: { ...target.windows, default: [] },
  releasePerSecond: { ...target.releasePerSecond, default: 250 },
};

const reason = { type: 'string', pattern: '^[a-z][a-z0-9_]{0,39}$' };
const operation = {
  note: atMost(1_000),
  canary: whole(1, 100_000),
  perSecond: { type: 'number', minimum: 0.01, maximum: 10_000 },
};
const selection = {
  executionIds: list(uuid, { minItems: 1, maxItems: 10_000 }),
  filter: nested('FailureFilterInput'),
};

/** Everything that the description says of inputs, but words and examples; fields in the order of their declaration. */
const inputs: Record<string, { required?: string[]; fields: Record<string, object> }> = {
  CreateHandlerInput: { required: ['name', 'event', 'task'], fields: handlerWithDefaults },
  PatchHandlerInput: { fields: handler },
  HandlerInSetInput: {
    required: ['name', 'event', 'task'],
    fields: {
      ...without(['status', 'priority'], handlerWithDefaults),
      status: oneOf(['enabled', 'disabled']),
      priority: handler.priority,
    },
  },
  HandlerSetInput: {
    required: ['handlers'],
    fields: {
      handlers: list(ref('HandlerInSetInput'), { maxItems: 10_000 }),
      targets: list(ref('TargetInSetInput'), { maxItems: 1_000 }),
      prune: { type: 'boolean', default: false },
    },
  },
  CreateTargetInput: { required: ['name', 'baseUrl'], fields: targetWithDefaults },
  TargetInSetInput: { required: ['name', 'baseUrl'], fields: targetWithDefaults },
  PatchTargetInput: { fields: target },
  TargetRateInput: {
    required: ['perSecond'],
    fields: {
      perSecond: { type: 'number', minimum: 0.01, maximum: 100_000 },
      burst: { ...whole(1, 100_000), default: 1 },
    },
  },
  BasicAuthInput: {
    required: ['type', 'username', 'password'],
    fields: { type: oneOf(['basic']), username: text(1, 4_096), password: text(1, 4_096) },
  },
  ClientCredentialsAuthInput: {
    required: ['type', 'tokenUrl', 'clientId', 'clientSecret'],
    fields: {
      type: oneOf(['oauth2_client_credentials']),
      tokenUrl: text(1, 2_048),
      clientId: text(1, 4_096),
      clientSecret: text(1, 4_096),
      scope: text(1, 4_096),
      audience: text(1, 4_096),
      resource: text(1, 4_096),
      style: { ...oneOf(['basic', 'body']), default: 'basic' },
    },
  },
  ExtractTargetInput: { fields: { name: text(1, 255) } },
  HoldWindowInput: {
    required: ['days', 'from', 'to', 'timeZone'],
    fields: {
      days: list(oneOf(weekdays), { minItems: 1, maxItems: 7, uniqueItems: true }),
      from: { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' },
      to: { type: 'string', pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' },
      timeZone: atMost(64),
    },
  },
  HoldInput: {
    required: ['reason'],
    fields: { reason: text(1, 500), until: { type: ['string', 'null'], format: 'date-time' } },
  },
  HoldForecastInput: {
    required: ['from', 'to'],
    fields: {
      handlerIds: list(uuid, { minItems: 1, maxItems: 500, uniqueItems: true }),
      targetIds: list(uuid, { minItems: 1, maxItems: 500, uniqueItems: true }),
      from: dateTime,
      to: dateTime,
    },
  },
  RetryInput: {
    fields: { maxAttempts: whole(1, 100), schedule: list(duration, { minItems: 1, maxItems: 100 }) },
  },
  OutcomeRuleInput: {
    required: ['when', 'outcome'],
    fields: { when: atMost(2_000), outcome: oneOf(outcomeKinds), reason },
  },
  DraftHandlerInput: {
    required: ['event', 'task'],
    fields: (({ event, task, format, outcomes, keep }) => ({ event, task, format, outcomes, keep }))(
      handlerWithDefaults as typeof handler,
    ),
  },
  DraftAnswerInput: {
    required: ['response'],
    fields: {
      response: anyObject,
      attempt: { ...whole(1, 1_000), default: 1 },
      maybe: { type: 'boolean', default: false },
    },
  },
  ScriptTaskInput: {
    required: ['type', 'path'],
    fields: {
      type: oneOf(['script']),
      path: text(1, 1_024),
      args: { ...list(atMost(4_096), { maxItems: 100 }), default: [] },
      mode: { ...oneOf(scriptModes), default: 'once' },
    },
  },
  HttpTaskInput: {
    required: ['type'],
    fields: {
      type: oneOf(['http']),
      url: text(1, 2_048),
      target: text(1, 255),
      path: text(1, 2_048),
      method: { ...oneOf(httpMethods), default: 'POST' },
      headers: { type: 'object', additionalProperties: { type: 'string' }, maxProperties: 50, default: {} },
      secretHeaders: list(text(1, 4_096), { maxItems: 50 }),
      tls: nested('HttpTlsInput'),
      contentType: atMost(255),
      body: { type: ['string', 'null'], maxLength: 65_536 },
    },
  },
  EmailTaskInput: {
    required: ['type', 'to', 'subject', 'text'],
    fields: {
      type: oneOf(['email']),
      to: list({ type: 'string' }, { minItems: 1, maxItems: 50 }),
      cc: { ...list({ type: 'string' }, { maxItems: 50 }), default: [] },
      subject: text(1, 500),
      text: text(1, 65_536),
    },
  },
  HttpTlsInput: { fields: { ca: atMost(65_536), certificate: atMost(65_536), key: atMost(65_536) } },
  HandlerOrderInput: {
    required: ['event', 'ids'],
    fields: { event, ids: list(uuid, { minItems: 1, maxItems: 10_000 }) },
  },
  HandlerTestInput: { fields: { event: nested('EventInput') } },
  SigningSecretInput: { fields: { overlap: { ...duration, default: '24h' } } },
  EventInput: {
    required: ['event', 'data'],
    fields: { event: ref('EventHeadInput'), data: anyObject, previous: anyObject },
  },
  EventHeadInput: {
    required: ['dt', 'events_id', 'object_id'],
    fields: {
      id: atMost(255),
      dt: dateTime,
      events_id: event,
      object_id: { oneOf: [{ type: 'integer' }, text(1, 255)] },
    },
  },
  ReplayInput: {
    required: ['filter'],
    fields: { filter: nested('ReplayFilterInput'), handlerIds: list(uuid, { minItems: 1, maxItems: 10_000 }) },
  },
  ReplayPreviewInput: { required: ['filter'], fields: { filter: nested('ReplayFilterInput') } },
  DeferralPreviewInput: { required: ['filter'], fields: { filter: nested('DeferralFilterInput') } },
  DeferralOperationInput: {
    required: ['filter'],
    fields: { ...operation, filter: nested('DeferralFilterInput') },
  },
  DeferralFilterInput: {
    fields: {
      handlerId: uuid,
      targetId: uuid,
      reason,
      waitingLongerThan: duration,
      partitionKeys: list(atMost(255), { minItems: 1, maxItems: 10_000 }),
    },
  },
  EventReplayInput: {
    fields: { handlerIds: list(uuid, { minItems: 1, maxItems: 10_000 }), event: nested('EventInput') },
  },
  EventResumeInput: { fields: { note: operation.note } },
  ResumePlanInput: { required: ['resume'], fields: { resume: atMost(255) } },
  FailureSettlementInput: {
    required: ['as'],
    fields: { ...selection, note: operation.note, as: oneOf(['done_by_hand', 'ignored']) },
  },
  FailureReopenInput: { fields: selection },
  FailureAssignmentInput: {
    required: ['assignee'],
    fields: { ...selection, assignee: { type: ['string', 'null'], minLength: 1, maxLength: 255 } },
  },
  FailureResumeInput: { fields: { ...selection, ...operation } },
  FailureResumePreviewInput: { fields: selection },
  FailureFilterInput: {
    fields: {
      eventId: atMost(255),
      handlerId: uuid,
      event,
      reason,
      reached: oneOf(reachedKinds),
      objectId: { oneOf: [atMost(255), { type: 'integer' }] },
      partitionKey: atMost(255),
      assignee: text(1, 255),
      q: text(1, 255),
      from: dateTime,
      to: dateTime,
    },
  },
  ReplayFilterInput: {
    fields: {
      type: event,
      objectId: { oneOf: [atMost(255), { type: 'integer' }] },
      partitionKey: atMost(255),
      status: list(oneOf(['succeeded', 'failed', 'waiting']), { minItems: 1, maxItems: 3 }),
      hasFailures: { type: 'boolean' },
      from: dateTime,
      to: dateTime,
    },
  },
  ApiKeyInput: {
    required: ['name', 'role'],
    fields: { name: text(1, 100), role: oneOf(apiRoles), expiresAt: dateTime },
  },
  SignInInput: { required: ['key'], fields: { key: text(1, 1_000) } },
};

const page = { limit: { ...whole(1, 200), default: 50 } };
const pageAndCursor = { ...page, cursor: anyText };

const failureFilter = {
  eventId: atMost(255),
  state: { ...oneOf(['open', 'settled']), default: 'open' },
  handlerId: uuid,
  event,
  reason,
  reached: oneOf(reachedKinds),
  objectId: atMost(255),
  partitionKey: atMost(255),
  assignee: text(1, 255),
  q: text(1, 255),
  from: dateTime,
  to: dateTime,
};

/** Every parameter of a query string, by path. A list is one text. */
const queries: Record<string, Record<string, object>> = {
  '/api/v1/handlers': {
    event,
    type: oneOf(taskTypes),
    target: uuid,
    status: anyText,
    q: atMost(255),
    sort: { type: 'string', default: 'priority,name' },
    page: { ...whole(1, 1_000_000), default: 1 },
    limit: { ...whole(1, 500), default: 50 },
  },
  '/api/v1/targets': {
    q: atMost(255),
    sort: { type: 'string', default: 'name' },
    page: { ...whole(1, 1_000_000), default: 1 },
    limit: { ...whole(1, 500), default: 50 },
  },
  '/api/v1/handlers/outcomes': { ids: anyText },
  '/api/v1/overview': { window: { ...oneOf(['hour', 'day']), default: 'hour' } },
  '/api/v1/events': {
    ...pageAndCursor,
    type: event,
    objectId: atMost(255),
    partitionKey: atMost(255),
    status: anyText,
    hasFailures: { type: 'boolean' },
    replayId: uuid,
    q: text(1, 255),
    lookup: atMost(512),
    from: dateTime,
    to: dateTime,
  },
  '/api/v1/executions': {
    ...pageAndCursor,
    event,
    handlerId: uuid,
    type: oneOf(taskTypes),
    status: anyText,
    reached: oneOf(reachedKinds),
    objectId: atMost(255),
    q: text(1, 255),
    from: dateTime,
    to: dateTime,
  },
  '/api/v1/failures': { ...pageAndCursor, ...failureFilter },
  '/api/v1/failures/groups': failureFilter,
  '/api/v1/notices': { ...pageAndCursor, type: anyText },
  '/api/v1/operations': { ...pageAndCursor, kind: anyText, status: anyText },
  '/api/v1/rejected': {
    ...pageAndCursor,
    reason: oneOf(rejectionReasons),
    routingKey: atMost(255),
    from: dateTime,
    to: dateTime,
  },
  '/api/v1/deferrals': { ...page, handlerId: uuid, targetId: uuid, reason, cursor: anyText },
  '/api/v1/replays': pageAndCursor,
  '/api/v1/audit': {
    ...pageAndCursor,
    actor: atMost(255),
    action: anyText,
    subject: atMost(255),
    from: dateTime,
    to: dateTime,
  },
};

describe('the OpenAPI description', () => {
  let description: OpenAPIObject;
  let schemas: Record<string, Schema>;
  beforeAll(async () => {
    description = await builtDescription<OpenAPIObject>();
    schemas = description.components!.schemas as Record<string, Schema>;
  });

  it('describes these inputs', () => {
    const described = Object.keys(schemas).filter((name) => name.endsWith('Input'));
    expect(described.sort()).toEqual(Object.keys(inputs).sort());
  });

  it.each(Object.entries(inputs))('has every constraint of %s', (name, { required, fields }) => {
    const { properties = {}, ...schema } = schemas[name]!;
    expect(schema.required?.toSorted()).toEqual(required?.toSorted());
    expect(constraintsOf(properties)).toEqual(fields);
    expect(Object.keys(properties)).toEqual(Object.keys(fields));
  });

  it('has every constraint of the parameters', () => {
    const found = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.values(operations as Record<string, { parameters?: Parameter[] }>).flatMap(({ parameters = [] }) => {
        const inQuery = parameters.filter((parameter) => parameter.in === 'query');
        expect(inQuery.filter(({ required }) => required)).toEqual([]);
        const shape = Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema]));
        return inQuery.length > 0 ? [[path, shape] as const] : [];
      }),
    );
    expect(Object.fromEntries(found)).toEqual(queries);
  });

  it('names the values of a list in a query string', () => {
    const { parameters } = description.paths['/api/v1/handlers']!.get as { parameters: { name: string }[] };
    expect(parameters.find(({ name }) => name === 'status')).toEqual({
      name: 'status',
      in: 'query',
      required: false,
      description:
        'Without it: enabled and disabled, not archived: enabled, disabled, archived. Several, separated by commas',
      schema: { type: 'string' },
    });
  });

  it('has a type for every field, and for the items of every list', () => {
    const typeless = Object.entries(fieldsOf(schemas)).filter(([, schema]) => !hasType(schema));
    expect(typeless).toEqual([]);
  });

  it('tells whole numbers, times and ids of ours from other numbers and texts', () => {
    const fields = Object.entries(fieldsOf(schemas));
    const fractions = fields.filter(([, { type }]) => [type].flat().includes('number')).map(([name]) => name);
    expect(fractions.filter((name) => !/\.(durationMs|p50Ms|p95Ms|perSecond|releasePerSecond)$/.test(name))).toEqual(
      [],
    );
    const times = fields.filter(
      ([name]) =>
        /(At|\.at|\.from|\.to|\.until|\.asOf|[sS]ince|\.date)$/.test(name) && !/^(HoldWindow|Email)/.test(name),
    );
    expect(times.filter(([, { format }]) => format !== 'date-time')).toEqual([]);
    const ids = fields.filter(([name]) => /(handlerId|journalId|replayId|executorId|executionId)$/.test(name));
    expect(ids.filter(([, { format }]) => format !== 'uuid')).toEqual([]);
    expect([times.length > 30, ids.length > 8]).toEqual([true, true]);
  });

  it('has its words in one line each', () => {
    const words = JSON.stringify(description.components).match(/"description":"[^"]*"/g)!;
    expect(words.filter((each) => each.includes('\\n'))).toEqual([]);
  });
});

/** The fields of all schemas, by `Schema.field`. */
function fieldsOf(schemas: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).map(([field, schema]) => [`${name}.${field}`, schema]),
    ),
  );
}

function hasType(schema: Schema): boolean {
  const { $ref, type, items } = schema;
  if ($ref !== undefined) return true;
  const parts = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (parts) return parts.every(hasType);
  if ([type].flat().includes('array')) return items !== undefined && hasType(items);
  return type !== undefined;
}

function constraintsOf(properties: Record<string, Schema>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(properties).map(([field, schema]) => [field, without(['description', 'example'], schema)]),
  );
}

function without(names: string[], fields: object): Record<string, object> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
