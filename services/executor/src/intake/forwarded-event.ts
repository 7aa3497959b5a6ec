import type { Delivery, Forwarded } from '#broker';
import { decodeBillingEvent, partitionKeyHeader, type BillingEvent } from '#contracts';

/** Says that the intake may have forwarded the same message before, as `redelivered` says it of a delivery. */
const repeatedHeader = 'provisor-repeated';

/**
 * An event as it travels from the intake to its partition: the bytes that came, and beside them what may have had to be
 * made up, so that it is the same there, and the same again after a redelivery.
 */
export function forwardedEvent(event: BillingEvent, { content, redelivered }: Delivery): Omit<Forwarded, 'queue'> {
  return {
    content,
    contentType: 'application/json',
    messageId: event.id,
    headers: {
      [partitionKeyHeader]: event.partitionKey,
      ...(event.traceparent && { traceparent: event.traceparent }),
      ...(redelivered && { [repeatedHeader]: 'true' }),
    },
  };
}

/** What {@link forwardedEvent} made, at its partition. */
export function readForwardedEvent(delivery: Delivery): { event: BillingEvent; repeated: boolean } {
  const { content, contentType, messageId, headers, redelivered } = delivery;
  const event = decodeBillingEvent(content, { contentType, messageId, headers });
  return { event, repeated: redelivered || headers[repeatedHeader] === 'true' };
}
