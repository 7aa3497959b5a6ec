import { parseDuration, writeDuration } from './duration.ts';
import type { JsonObject } from './json.ts';

/** The event types of Provisor's own, by which it tells of troubles. */
export const noticeTypes = [
  'provisor.failure.opened',
  'provisor.failures.cleared',
  'provisor.circuit.opened',
  'provisor.circuit.closed',
  'provisor.key.stuck',
  'provisor.key.freed',
  'provisor.message.rejected',
  'provisor.executor.lost',
  'provisor.executors.none',
  'provisor.executors.back',
] as const;
export type NoticeType = (typeof noticeTypes)[number];

/** What all of them begin with, and no other event type may. */
export const noticePrefix = 'provisor.';

/** Whether an event type is one of Provisor's own: executions for it make no notices. */
export function isNotice(eventType: string): boolean {
  return eventType.startsWith(noticePrefix);
}

/** What goes wrong. */
export const troubleKinds = ['failure', 'circuit', 'key', 'rejected', 'executor', 'executors'] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** The types that tell of a kind of trouble, and of its end where it has one. */
export const noticesOf = {
  failure: { begins: 'provisor.failure.opened', ends: 'provisor.failures.cleared' },
  circuit: { begins: 'provisor.circuit.opened', ends: 'provisor.circuit.closed' },
  key: { begins: 'provisor.key.stuck', ends: 'provisor.key.freed' },
  rejected: { begins: 'provisor.message.rejected', ends: null },
  executor: { begins: 'provisor.executor.lost', ends: null },
  executors: { begins: 'provisor.executors.none', ends: 'provisor.executors.back' },
} as const satisfies Record<TroubleKind, { begins: NoticeType; ends: NoticeType | null }>;

/** The kinds of trouble that a handler can wait for to last: while they go on, executors run that can tell of it. */
export const lastingKinds = ['failure', 'circuit', 'key'] as const satisfies readonly TroubleKind[];

export const noticeSubjectTypes = ['handler', 'target', 'reason', 'executor', 'installation'] as const;
export type NoticeSubjectType = (typeof noticeSubjectTypes)[number];

/** What a notice is about. */
export interface NoticeSubject {
  type: NoticeSubjectType;
  id: string;
  name: string;
}

/** The subject of the notices about all executors. */
export const allExecutors: NoticeSubject = { type: 'installation', id: 'executors', name: 'all executors' };

/** The first of what a notice stands for; what there is of it depends on the type. */
export interface NoticeFirst {
  /** Id of the event, or of the message as its publisher gave it; null: there is none. */
  eventId: string | null;
  event?: string;
  objectId?: number | string;
  executionId?: string;
  partitionKey?: string;
  handlerId?: string;
  executorId?: string;
  rejectedId?: string;
  at?: string;
}

/** The `data` of an event of one of {@link noticeTypes}. */
export interface Notice {
  subject: NoticeSubject;
  /** When the trouble began, ISO 8601. */
  since: string;
  /** How many of them it stands for: since the notice before it, or in all where it tells of the end. */
  count: number;
  reason: string | null;
  /** For people. */
  message: string;
  /** The page of the console that leads to it. */
  link: string;
  /**
   * A written duration. Of a trouble that goes on: it has lasted this long, and the notice is for the handlers that
   * wait for that. Of an end: the longest of these that had a notice. Null: none.
   */
  lasting: string | null;
  first: NoticeFirst;
}

/** How a notice says how long a trouble has lasted; 0: not at all. */
export function lastingText(lastedMs: number): string | null {
  return lastedMs === 0 ? null : writeDuration(lastedMs);
}

const ends: ReadonlySet<string> = new Set(Object.values(noticesOf).flatMap((of) => of.ends ?? []));

/** Whether a notice tells that a trouble has lasted: it is for handlers only, and others know of the beginning. */
export function isOfLasting(type: string, { lasting }: Partial<Notice>): boolean {
  return typeof lasting === 'string' && !ends.has(type);
}

/**
 * Whether a handler runs for an event by its `lasting`: at once, or when the trouble has lasted; and for its end if it
 * ran, or would have run, for the trouble.
 *
 * @param event With its body, which is read if the event is a notice.
 */
export function isLongEnough(lasting: string | null, { type, body }: { type: string; body: string }): boolean {
  if (!isNotice(type)) return lasting === null;
  if (lasting === null && ends.has(type)) return true;
  const { data } = JSON.parse(body) as { data: Partial<Notice> };
  const told = typeof data.lasting === 'string' ? parseDuration(data.lasting) : undefined;
  const wanted = lasting === null ? undefined : parseDuration(lasting);
  return ends.has(type) ? told !== undefined && told >= (wanted ?? 0) : told === wanted;
}

/** The partition key of the events about a subject, so that handlers get them in order. */
export function noticeKey({ type, id }: Pick<NoticeSubject, 'type' | 'id'>): string {
  return `${type}:${id}`;
}

const pages: Readonly<Record<TroubleKind, (subject: Pick<NoticeSubject, 'type' | 'id'>) => string>> = {
  failure: ({ id }) => `/failures?handlerId=${id}`,
  circuit: ({ type, id }) => `/${type}s/${id}`,
  key: ({ id }) => `/waiting?handlerId=${id}`,
  rejected: ({ id }) => `/rejected?reason=${encodeURIComponent(id)}`,
  executor: () => '/executors',
  executors: () => '/executors',
};

/** The path of the console's page that leads to a trouble. */
export function troublePage(kind: TroubleKind, subject: Pick<NoticeSubject, 'type' | 'id'>): string {
  return pages[kind](subject);
}

const text = { type: 'string' };

/** JSON Schema of the `data` of notices. */
const schema: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    subject: {
      type: 'object',
      properties: { type: { ...text, description: noticeSubjectTypes.join(', ') }, id: text, name: text },
      required: ['type', 'id', 'name'],
    },
    since: { ...text, format: 'date-time', description: 'When the trouble began' },
    count: { type: 'integer', minimum: 0, description: 'How many it stands for' },
    reason: { type: ['string', 'null'] },
    message: text,
    link: { ...text, description: 'The page of the console that leads to it' },
    lasting: { type: ['string', 'null'], description: 'How long the trouble has lasted, as handlers wait for it' },
    first: {
      type: 'object',
      properties: {
        eventId: { type: ['string', 'null'] },
        event: text,
        executionId: text,
        partitionKey: text,
        handlerId: text,
        executorId: text,
        rejectedId: text,
        at: { ...text, format: 'date-time' },
      },
      required: ['eventId'],
      additionalProperties: true,
    },
  },
  required: ['subject', 'since', 'count', 'reason', 'message', 'link', 'first'],
  additionalProperties: true,
};

const handlerId = '0193a000-0000-7000-8000-000000000001';
const executorId = '0193a000-0000-7000-8000-0000000000e1';
const handler: NoticeSubject = { type: 'handler', id: handlerId, name: 'Create SIP account' };
const executor: NoticeSubject = { type: 'executor', id: executorId, name: 'node-2:4711' };
const badJson: NoticeSubject = { type: 'reason', id: 'not_json', name: 'not_json' };
const since = '2026-03-01T02:14:07.000Z';
const unavailable = { reason: 'http_status', message: 'HTTP status 503' };
const site = 'https://provisor.example.org';
const failed = { event: 'clients.create', partitionKey: '12', handlerId, at: since };
const first: NoticeFirst = { eventId: 'evt-4711', executionId: '0193a000-0000-7000-8000-0000000000a1', ...failed };

const samples: Record<NoticeType, { label: string; sample: Omit<Notice, 'lasting'> }> = {
  'provisor.failure.opened': {
    label: 'failure opened',
    sample: {
      subject: handler,
      since,
      count: 3,
      ...unavailable,
      link: `${site}/failures?handlerId=${handlerId}`,
      first,
    },
  },
  'provisor.failures.cleared': {
    label: 'failures cleared',
    sample: {
      subject: handler,
      since,
      count: 12,
      reason: null,
      message: 'No failure of the handler is open any more.',
      link: `${site}/failures?handlerId=${handlerId}`,
      first,
    },
  },
  'provisor.circuit.opened': {
    label: 'circuit breaker opened',
    sample: {
      subject: handler,
      since,
      count: 1,
      reason: 'circuit_open',
      message: 'Most calls fail. Events wait until a call succeeds.',
      link: `${site}/handlers/${handlerId}`,
      first: { eventId: null, executorId, at: since },
    },
  },
  'provisor.circuit.closed': {
    label: 'circuit breaker closed',
    sample: {
      subject: handler,
      since,
      count: 1,
      reason: null,
      message: 'Calls succeed again.',
      link: `${site}/handlers/${handlerId}`,
      first: { eventId: null, executorId, at: since },
    },
  },
  'provisor.key.stuck': {
    label: 'key stuck',
    sample: {
      subject: handler,
      since,
      count: 7,
      reason: 'retry',
      message: '7 keys have waited for more than 15m.',
      link: `${site}/waiting?handlerId=${handlerId}`,
      first: { eventId: 'evt-4711', ...failed },
    },
  },
  'provisor.key.freed': {
    label: 'key freed',
    sample: {
      subject: handler,
      since,
      count: 7,
      reason: null,
      message: 'No key waits for the handler for too long any more.',
      link: `${site}/waiting?handlerId=${handlerId}`,
      first: { eventId: 'evt-4711', ...failed },
    },
  },
  'provisor.message.rejected': {
    label: 'message rejected',
    sample: {
      subject: badJson,
      since,
      count: 2,
      reason: 'not_json',
      message: 'body must be JSON, and is empty',
      link: `${site}/rejected?reason=not_json`,
      first: { eventId: null, rejectedId: '0193a000-0000-7000-8000-0000000000b1', at: since },
    },
  },
  'provisor.executor.lost': {
    label: 'executor lost',
    sample: {
      subject: executor,
      since,
      count: 1,
      reason: 'no_heartbeat',
      message: 'The executor has stopped without saying so. Its events are requeued.',
      link: `${site}/executors`,
      first: { eventId: null, executorId, at: since },
    },
  },
  'provisor.executors.none': {
    label: 'no executor runs',
    sample: {
      subject: allExecutors,
      since,
      count: 1,
      reason: 'no_executor',
      message: 'No executor runs. Events stay in RabbitMQ until one does.',
      link: `${site}/executors`,
      first: { eventId: null, at: since },
    },
  },
  'provisor.executors.back': {
    label: 'executors are back',
    sample: {
      subject: allExecutors,
      since,
      count: 1,
      reason: null,
      message: 'An executor runs again.',
      link: `${site}/executors`,
      first: { eventId: null, at: since },
    },
  },
};

/** Each type with its label, JSON Schema and sample, as the catalogue of event types has them. */
export const noticeEventTypes = /* @__PURE__ */ noticeTypes.map((id) => {
  const { label, sample: fields } = samples[id];
  const sample: Notice = { ...fields, lasting: null };
  return {
    id,
    group: 'Provisor',
    label,
    schema: { ...schema, title: `Provisor: ${label}` },
    sample: sample as unknown as JsonObject,
    sampleObject: { id: sample.subject.id, clientId: noticeKey(sample.subject) },
  };
});
