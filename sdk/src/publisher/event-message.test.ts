import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';
import { eventMessage, type EventToPublish } from './event-message.ts';

describe('the message of an event', () => {
  it('is what Provisor takes', () => {
    const occurredAt = new Date('2026-03-01T09:15:00Z');
    const event: EventToPublish<'clients.update'> = {
      type: 'clients.update',
      id: 'e-1',
      occurredAt,
      data: { id: 12, name: 'New' },
      previous: { name: 'Old' },
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    };
    const { content, ...rest } = eventMessage(event);
    expect(rest).toEqual({
      id: 'e-1',
      type: 'clients.update',
      exchange: 'billing.events',
      routingKey: 'clients.update',
      key: '12',
      headers: { 'partition-key': '12', traceparent: event.traceparent },
    });
    expect(JSON.parse(content.toString())).toEqual({
      event: { id: 'e-1', dt: '2026-03-01T09:15:00.000Z', events_id: 'clients.update', object_id: 12 },
      data: event.data,
      previous: event.previous,
    });
  });

  it('passes the intake when the number of partitions is known, and the event has a key', () => {
    const event = { type: 'clients.create', data: { id: 12 } } as const;
    expect(eventMessage(event, 16)).toMatchObject({ exchange: 'provisor.partitions', routingKey: '11' });
    expect(eventMessage({ ...event, partitionKey: null }, 16)).toMatchObject({ exchange: 'billing.events' });
  });

  it('has a bigint with all of its digits', () => {
    const data = { id: 12, imsi: 9007199254740993n, list: [-1n] };
    const { content } = eventMessage({ type: 'clients.update', data });
    expect(content.toString()).toMatch(/"data":\{"id":12,"imsi":9007199254740993,"list":\[-1\]\}\}$/);
  });

  it.each<[string, Partial<EventToPublish>, string | undefined]>([
    ['the client itself', {}, '12'],
    ['custom fields of a client', { type: 'clients.custom_fields.update' }, '12'],
    ['an account, by its client', { type: 'clients.accounts.create', data: { id: 301, clients_id: 12 } }, '12'],
    ['an account, by what is said', { type: 'clients.accounts.create', data: { id: 301 }, clientId: 7 }, '7'],
    ['a key of its own', { partitionKey: 'shop' }, 'shop'],
    ['none', { partitionKey: null }, undefined],
    ['an object that is named', { objectId: 'c-9', data: {} }, 'c-9'],
    ['a type of an installation', { type: 'orders.paid', clientId: 3, data: { id: 1 } }, '3'],
  ])('has the key of %s', (_what, fields, key) => {
    const event = { type: 'clients.create', data: { id: 12 }, ...fields } as EventToPublish;
    expect(eventMessage(event).key).toBe(key);
    expect(eventMessage(event).headers['partition-key']).toBe(key);
  });

  it.each<[string, object, RegExp]>([
    ['an account without a client', { type: 'clients.accounts.create', data: { id: 301 } }, /the client is unknown/],
    ['no object', { data: {} }, /the client is unknown/],
    ['no object, but a client', { data: {}, clientId: 1 }, /object_id/],
    ['a date that is none', { occurredAt: new Date('x') }, /occurredAt must be a valid Date/],
    ['a date that is text', { occurredAt: '2026-03-01T09:15:00Z' }, /occurredAt must be a valid Date/],
    ['a date that the format has no place for', { occurredAt: new Date(8.64e15) }, /event\.dt/],
    ['an id that is a bigint', { id: 7n }, /event\.id must be a string/],
    ['an object id whose digits a double loses', { objectId: 9007199254740993n }, /event\.object_id/],
    ['data that refer to themselves', { data: circular() }, /failed to write the event as JSON: .*circular/],
    ['data that nest without end', { data: { id: 1, deep: nested(200) } }, /nest/],
    ['data whose date is none', { data: { id: 1, at: { toJSON: () => new Date('x').toISOString() } } }, /as JSON/],
    ['no data', { data: undefined }, /data must be an object/],
    ['data that are null', { data: null }, /data must be an object/],
    ['previous that is a list', { previous: [1] }, /previous must be an object/],
    ['data that are too long', { data: { id: 1, text: 'x'.repeat(1_100_000) } }, /at most 1048576/],
    ['an empty id', { id: '' }, /id/],
  ])('is refused with %s', (_what, fields, message) => {
    const event = { type: 'clients.create', data: { id: 12 }, ...fields } as EventToPublish;
    const make = () => eventMessage(event);
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'PublishError', code: 'bad_event' }));
  });

  it('can be made of the sample of every type', () => {
    // Notices are not billing's to publish.
    for (const { id: type, sample, sampleObject } of eventTypes.filter(({ group }) => group !== 'Provisor')) {
      const event = { type, data: sample, objectId: sampleObject.id, clientId: sampleObject.clientId };
      expect(eventMessage(event).key).toBe('12');
    }
  });
});

it('an event that is no object is refused with the same error', () => {
  expect(() => eventMessage(undefined as unknown as EventToPublish)).toThrow(
    expect.objectContaining({ name: 'PublishError', code: 'bad_event' }),
  );
});

function circular(): object {
  const data: Record<string, unknown> = { id: 1 };
  data['self'] = data;
  return data;
}

function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce((inner: unknown) => [inner], 1);
}
