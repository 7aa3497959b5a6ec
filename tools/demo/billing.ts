import { randomUUID } from 'node:crypto';
import { connect } from 'amqplib';
import type { EventType } from './api.ts';

/** A billing system, as far as Provisor can tell: a publisher of events to RabbitMQ. */
export interface Billing {
  /**
   * Publishes the sample of this type as an event of its own; resolves with the event's id when the broker has it safe.
   */
  publish(type: EventType): Promise<string>;
  close(): Promise<void>;
}

export async function connectBilling(amqpUrl: string): Promise<Billing> {
  const connection = await connect(amqpUrl);
  const channel = await connection.createConfirmChannel();
  const owners = new Map<string, string>();
  return {
    async publish(type) {
      const id = randomUUID();
      const event = { ...type.sample.event, id, dt: new Date().toISOString() };
      const body = Buffer.from(JSON.stringify({ ...type.sample, event }));
      channel.publish('billing.events', type.id, body, {
        contentType: 'application/json',
        persistent: true,
        messageId: id,
        headers: { 'partition-key': clientOf(type, owners) },
      });
      await channel.waitForConfirms();
      return id;
    },
    close: () => connection.close(),
  };
}

/**
 * Everything that happens to one client is handled in order: its id is the partition key.
 *
 * @param owners Whose each account is, as a billing system knows it: the event of a deletion does not say.
 */
function clientOf({ group, sample }: EventType, owners: Map<string, string>): string {
  const object = String(sample.event.object_id);
  const account = `${group}:${object}`;
  const client = sample.data['clients_id'];
  if (typeof client === 'number' || typeof client === 'string') owners.set(account, String(client));
  return owners.get(account) ?? object;
}
