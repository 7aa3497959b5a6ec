import { randomUUID } from 'node:crypto';
import { decodeBillingEvent, EventRejected, partitionKeyHeader, writeJson } from '#contracts';
import type { AnyEventType, EventData } from '../events/event-data.ts';
import { PublishError } from './publish-error.ts';

/** Something that has happened in the billing system. */
export interface EventToPublish<T extends AnyEventType = AnyEventType> {
  readonly type: T;
  /** A bigint in it goes out as a number with all of its digits. */
  readonly data: EventData<T>;
  readonly previous?: Record<string, unknown>;
  /**
   * Unique per occurrence; made when it is left out. From an outbox: that of the row, so that a repeat is known as one.
   */
  readonly id?: string;
  /** Default: `data.id`. To be given where `data` is empty, as for `clients.delete`. */
  readonly objectId?: number | string;
  /**
   * The client whose event it is: events of one client run one after another. Default: `data.clients_id`, or the client
   * itself.
   */
  readonly clientId?: number | string;
  /** In place of the client's id, where events share something else; null: by the kind of object and its id. */
  readonly partitionKey?: string | null;
  /** Default: now. */
  readonly occurredAt?: Date;
  /** W3C trace context, carried on to the handlers. */
  readonly traceparent?: string;
}

/** An event as it goes to the broker. */
export interface EventMessage {
  readonly id: string;
  readonly type: string;
  /** What its order hangs on; events without a key have none. */
  readonly key: string | undefined;
  readonly content: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Makes the message of an event, and validates it like Provisor: an invalid event is refused here, where its developer
 * sees it.
 *
 * @throws {PublishError} `bad_event`
 */
export function eventMessage(event: EventToPublish): EventMessage {
  const { type, previous, id = randomUUID(), occurredAt = new Date(), traceparent } = objectOf(event, 'event');
  const data = objectOf(event.data as { id?: number | string }, 'data', id);
  const head = { id, dt: isoOf(occurredAt, id), events_id: type, object_id: event.objectId ?? data.id };
  const key = keyOf(event, id);
  const headers = { ...(key !== undefined && { [partitionKeyHeader]: key }), ...(traceparent && { traceparent }) };
  const content = Buffer.from(jsonOf({ event: head, data, ...(previous && { previous }) }, id));
  try {
    decodeBillingEvent(content, { contentType: 'application/json', headers });
  } catch (error) {
    // Types of its own are known to an installation, and not here; it checks what they carry.
    if (!(error instanceof EventRejected)) throw error;
    if (error.reason !== 'unknown_event_type') throw new PublishError('bad_event', id, error.message, { cause: error });
  }
  return { id, type, key, content, headers };
}

/** Events of a client and of what it has share the client's id. */
function keyOf({ type, data, objectId, clientId, partitionKey }: EventToPublish, id: string): string | undefined {
  if (partitionKey === null) return undefined;
  const { id: dataId, clients_id: owner } = data as { id?: number | string; clients_id?: number | string };
  const key = partitionKey ?? clientId ?? owner ?? (isOfClient(type) ? (objectId ?? dataId) : undefined);
  if (key !== undefined) return String(key);
  throw new PublishError(
    'bad_event',
    id,
    'whose is it? Give clientId or partitionKey, or partitionKey: null for nobody',
  );
}

/** `clients.create`, `clients.custom_fields.update`: the object is the client. */
function isOfClient(type: string): boolean {
  return /^clients\.(\w+|custom_fields\.\w+)$/.test(type);
}

/** Who writes JavaScript hears of it here, and not by a TypeError from within. */
function objectOf<T>(value: T, name: string, id = ''): T {
  if (typeof value === 'object' && value !== null) return value;
  throw new PublishError('bad_event', id, `${name} must be an object`);
}

function jsonOf(value: object, id: string): string {
  try {
    return writeJson(value);
  } catch (cause) {
    // It refers to itself, nests too deep, or has a toJSON that throws.
    throw new PublishError('bad_event', id, `it cannot be written as JSON: ${(cause as Error).message}`, { cause });
  }
}

function isoOf(date: Date, id: string): string {
  if (!(date instanceof Date) || Number.isNaN(date.getTime()))
    throw new PublishError('bad_event', id, 'occurredAt must be a valid Date');
  return date.toISOString();
}
