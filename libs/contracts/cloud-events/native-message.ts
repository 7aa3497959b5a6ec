import type { EventEnvelope } from '../event-envelope.ts';
import type { FieldError } from '../field-error.ts';
import { partitionKeyHeader } from '../topology.ts';
import { attributeFaults, type Attributes, type CloudEvent } from './attributes.ts';
import { readBinary } from './binary-mode.ts';
import { attributesToCarry, type CarriedAttributes } from './carried-attributes.ts';
import { carriedMember, isStructured } from './cloud-event.ts';
import { readStructured } from './structured-mode.ts';

/** A CloudEvent as the billing system would have published it in the native format. */
export interface NativeMessage {
  readonly content: Buffer;
  readonly envelope: EventEnvelope;
  /** What is wrong with it as a CloudEvent; what else is wrong shows when the message is decoded. */
  readonly faults: readonly FieldError[];
}

/**
 * Puts a CloudEvent 1.0, structured or binary, into the native format: `type`, `id`, `time` and `subject` become the
 * event's type, id, time and object id; the extensions `partitionkey`, `previous` (a JSON object as text) and
 * `traceparent` what their names say; the others are carried in a member of their own.
 *
 * @throws {EventRejected} When nothing can be read of it.
 */
export function nativeMessage(content: Buffer, envelope: EventEnvelope): NativeMessage {
  const cloudEvent = isStructured(envelope) ? readStructured(content, envelope) : readBinary(content, envelope);
  const attributes = relaxed(cloudEvent.attributes);
  const faults = [...cloudEvent.faults, ...attributeFaults(attributes)];
  const faulty = new Set(faults.map(({ field }) => field));
  const valid = (name: string): string | undefined =>
    faulty.has(name) ? undefined : (attributes.get(name) as string | undefined);
  // What is not valid need not even be JSON.
  const carried = faults.length === 0 ? attributesToCarry(attributes) : {};
  return {
    content: Buffer.from(nativeText(cloudEvent.data, carried, valid, envelope.arrivedAt)),
    envelope: nativeEnvelope(envelope, valid),
    faults,
  };
}

type ValidAttribute = (name: string) => string | undefined;

/** Publishers may send keys as numbers, as in the header of the native format. */
function relaxed(attributes: Attributes): Attributes {
  const key = attributes.get('partitionkey');
  const isWhole = typeof key === 'bigint' || Number.isSafeInteger(key);
  return isWhole ? new Map(attributes).set('partitionkey', String(key)) : attributes;
}

/** Its data is unchanged. */
function nativeText(
  data: CloudEvent['data'],
  carried: CarriedAttributes,
  valid: ValidAttribute,
  // eslint-disable-next-line no-restricted-properties -- for callers without a database
  arrivedAt = Date.now(),
): string {
  const event = {
    id: valid('id'),
    // When it happened need not be known.
    dt: valid('time') ?? new Date(arrivedAt).toISOString(),
    events_id: valid('type'),
    object_id: valid('subject'),
  };
  const previous = valid('previous');
  const members = [`"event":${JSON.stringify(event)}`];
  if (data !== undefined) members.push(`"data":${data}`);
  if (previous !== undefined) members.push(`"previous":${previous}`);
  members.push(`"${carriedMember}":${JSON.stringify(carried)}`);
  return `{${members.join(',')}}`;
}

function nativeEnvelope({ routingKey, headers }: EventEnvelope, valid: ValidAttribute): EventEnvelope {
  return {
    contentType: 'application/json',
    routingKey,
    headers: {
      [partitionKeyHeader]: presentKey(headers[partitionKeyHeader]) ?? valid('partitionkey'),
      traceparent: headers['traceparent'] ?? valid('traceparent'),
    },
  };
}

/** An empty header says nothing. */
function presentKey(header: unknown): unknown {
  return header === '' ? undefined : header;
}
