import { v7 as uuidv7 } from 'uuid';
import { decodeBillingEvent, memberTexts, partitionKeyHeader, withMember, type BillingEvent } from '#contracts';
import type { Redaction } from '#redaction';
import { InvalidInput } from '../domain-error.ts';
import { decodeMemberEvent } from '../events/member-event.ts';

/** What an edited copy is made from. */
export interface OriginalEvent {
  /** As billing gave it. */
  readonly id: string;
  readonly partitionKey: string;
  /** The JSON that handlers got. */
  readonly body: string;
}

/**
 * An edited copy of an event, checked as events from billing are. It keeps the key of the original, and with it its
 * place in the order. It is a new event: if it still has the original's id, or none, it gets a new one. Values that the
 * registry shows masked are those of the original.
 *
 * @param text The copy's JSON.
 * @throws {EventRejected} When it is no event; fields are named as they stand in the request, `event.event.dt`.
 * @throws {InvalidInput} When a masked value cannot be found in the original.
 */
export function readEditedEvent(text: string, original: OriginalEvent, redaction: Redaction): BillingEvent {
  const envelope = { headers: { [partitionKeyHeader]: original.partitionKey } };
  const { text: whole, masked } = redaction.restored(text, original.body);
  if (masked.length > 0) throw new InvalidInput(masked.map(stillMasked));
  const event = decodeMemberEvent(whole, envelope);
  if (event.id !== original.id) return event;
  return decodeBillingEvent(Buffer.from(withEventId(event.body, uuidv7())), envelope);
}

function stillMasked(name: string): { field: string; message: string } {
  return { field: 'event', message: `has *** in ${JSON.stringify(name)}: write the value` };
}

function withEventId(body: string, id: string): string {
  return withMember(body, 'event', withMember(memberTexts(body).get('event')!, 'id', JSON.stringify(id)));
}
