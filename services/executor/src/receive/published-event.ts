import type { Delivery } from '#broker';
import { decodeBillingEvent, EventRejected, partitionKeyHeader, partitionOf } from '#contracts';
import type { Arrival } from '../record/run.ts';

/** What a message says beside its content. */
export interface Published {
  /** When it arrived, milliseconds since 1970. */
  readonly arrivedAt: number;
  /** Of the event, where the message has none; made when it is left out. */
  readonly id?: string | undefined;
  /** The event type, where a publisher says it there. */
  readonly routingKey?: string | undefined;
}

/**
 * An event as a publisher has sent it, in any format that is accepted.
 *
 * @throws {EventRejected} When it is not an event.
 */
export function readPublishedEvent(delivery: Delivery, content: Buffer, published: Published): Arrival {
  const { contentType, contentEncoding, headers, faults, size, redelivered } = delivery;
  const messageId = delivery.messageId === '' ? published.id : (delivery.messageId ?? published.id);
  const { arrivedAt, routingKey } = published;
  const envelope = { contentType, contentEncoding, messageId, routingKey, headers, faults, size, arrivedAt };
  return { event: decodeBillingEvent(content, envelope), content, repeated: redelivered, replay: null, resume: null };
}

/**
 * An event that its publisher has sent to a partition. It is accepted in the partition of its key alone: what the
 * product itself sends for the key goes there, and could overtake it otherwise.
 *
 * @param partition Of the queue it came from.
 * @throws {EventRejected} `bad_header` without a partition key, `wrong_partition`, or because it is not an event.
 */
export function readRoutedEvent(
  delivery: Delivery,
  content: Buffer,
  published: Published,
  { partition, partitions }: { readonly partition: number; readonly partitions: number },
): Arrival {
  const field = partitionKeyHeader;
  // An empty one counts as none, as it does at the intake.
  if ((delivery.headers[field] ?? '') === '') {
    const message = 'must be given by a publisher that chooses the partition';
    throw new EventRejected('bad_header', `header ${field} ${message}`, [{ field, message }]);
  }
  const arrival = readPublishedEvent(delivery, content, published);
  const right = partitionOf(arrival.event.partitionKey, partitions);
  if (right === partition) return arrival;
  const message = `belongs to partition ${right} of ${partitions}, and came to partition ${partition}`;
  throw new EventRejected('wrong_partition', `the key ${JSON.stringify(arrival.event.partitionKey)} ${message}`, [
    { field, message },
  ]);
}
