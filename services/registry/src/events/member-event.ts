import {
  decodeBillingEvent,
  EventRejected,
  partitionKeyHeader,
  type BillingEvent,
  type EventEnvelope,
} from '#contracts';

/**
 * Decodes an event that is the member `event` of a request's body.
 *
 * @param text The member's JSON, as it was written.
 * @throws {EventRejected} When it is no event; fields are named as they stand in the body, `event.event.dt`.
 */
export function decodeMemberEvent(text: string, envelope: EventEnvelope): BillingEvent {
  try {
    return decodeBillingEvent(Buffer.from(text), envelope);
  } catch (error) {
    if (!(error instanceof EventRejected)) throw error;
    const errors = error.errors.map(({ field, message }) => ({ field: inBody(field), message }));
    throw new EventRejected(error.reason, `event: ${error.message}`, errors);
  }
}

function inBody(field: string): string {
  if (field === partitionKeyHeader) return field;
  return field === '' ? 'event' : `event.${field}`;
}
