import { randomUUID } from 'node:crypto';
import {
  billingExchange,
  decodeBillingEvent,
  EventRejected,
  partitionExchange,
  partitionKeyHeader,
  partitionOf,
  writeJson,
} from '#contracts';
import type { AnyEventType, EventData } from '../events/event-data.ts';
import { PublishError } from './publish-error.ts';

/** Something that has happened in the billing system. */
export interface EventToPublish<T extends AnyEventType = AnyEventType> {
  readonly type: T;
  /** A bigint in it is sent as a number with all digits. */
  readonly data: EventData<T>;
  readonly previous?: Record<string, unknown>;
  /** Unique per occurrence; generated if absent. From an outbox, give the row's id, so that repeats are known. */
  readonly id?: string;
  /** Default: `data.id`. Give it where `data` is empty, as for `clients.delete`. */
  readonly objectId?: number | string;
  /**
   * The client that the event belongs to: events of one client run one after another. Default: `data.clients_id`, or
   * the client itself.
   */
  readonly clientId?: number | string;
  /** Replaces the client's id, where other events have to run in order; null: the kind of object and its id. */
  readonly partitionKey?: string | null;
  /** Default: now. */
  readonly occurredAt?: Date;
  /** W3C trace context, passed on to the handlers. */
  readonly traceparent?: string;
}

/** An event as it goes to the broker. */
export interface EventMessage {
  readonly id: string;
  readonly type: string;
  readonly exchange: string;
  readonly routingKey: string;
  /** Events with the same key run in order; undefined: no order. */
  readonly key: string | undefined;
  readonly content: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Makes the message of an event, and validates it like Provisor: an invalid event is refused here, where its developer
 * sees it.
 *
 * @param partitions Given when the event is to pass the intake, if it has a key.
 * @throws {PublishError} `bad_event`
 */
export function eventMessage(event: EventToPublish, partitions?: number): EventMessage {
  const { type, previous, id = randomUUID(), occurredAt = new Date(), traceparent } = objectOf(event, 'event');
  const data = objectOf(event.data as { id?: number | string }, 'data', id);
  const head = { id, dt: isoOf(occurredAt, id), events_id: type, object_id: event.objectId ?? data.id };
  const key = keyOf(event, id);
  const headers = { ...(key !== undefined && { [partitionKeyHeader]: key }), ...(traceparent && { traceparent }) };
  const content = Buffer.from(jsonOf({ event: head, data, ...(previous && { previous }) }, id));
  try {
    decodeBillingEvent(content, { contentType: 'application/json', headers });
  } catch (error) {
    // An installation may have event types of its own, which the SDK does not know; Provisor validates their data.
    if (!(error instanceof EventRejected)) throw error;
    if (error.reason !== 'unknown_event_type') throw new PublishError('bad_event', id, error.message, { cause: error });
  }
  const isRouted = partitions !== undefined && key !== undefined;
  const way = isRouted
    ? { exchange: partitionExchange, routingKey: String(partitionOf(key, partitions)) }
    : { exchange: billingExchange, routingKey: type };
  return { id, type, ...way, key, content, headers };
}

/** Events of a client and of its accounts and packages share the client's id. */
function keyOf({ type, data, objectId, clientId, partitionKey }: EventToPublish, id: string): string | undefined {
  if (partitionKey === null) return undefined;
  const { id: dataId, clients_id: owner } = data as { id?: number | string; clients_id?: number | string };
  const key = partitionKey ?? clientId ?? owner ?? (isOfClient(type) ? (objectId ?? dataId) : undefined);
  if (key !== undefined) return String(key);
  throw new PublishError(
    'bad_event',
    id,
    'the client is unknown: give clientId or partitionKey, or partitionKey: null if the event belongs to no client',
  );
}

/** `clients.create`, `clients.custom_fields.update`: the object is the client. */
function isOfClient(type: string): boolean {
  return /^clients\.(\w+|custom_fields\.\w+)$/.test(type);
}

/** Without TypeScript, a wrong argument is reported here, not as a TypeError further inside. */
function objectOf<T>(value: T, name: string, id = ''): T {
  if (typeof value === 'object' && value !== null) return value;
  throw new PublishError('bad_event', id, `${name} must be an object`);
}

function jsonOf(value: object, id: string): string {
  try {
    return writeJson(value);
  } catch (cause) {
    // It is circular, nested too deep, or has a toJSON that throws.
    throw new PublishError('bad_event', id, `failed to write the event as JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function isoOf(date: Date, id: string): string {
  if (!(date instanceof Date) || Number.isNaN(date.getTime()))
    throw new PublishError('bad_event', id, 'occurredAt must be a valid Date');
  return date.toISOString();
}
