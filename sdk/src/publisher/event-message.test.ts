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
      key: '12',
      headers: { 'partition-key': '12', traceparent: event.traceparent },
    });
    expect(JSON.parse(content.toString())).toEqual({
      event: { id: 'e-1', dt: '2026-03-01T09:15:00.000Z', events_id: 'clients.update', object_id: 12 },
      data: event.data,
      previous: event.previous,
    });
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
    ['an account of nobody', { type: 'clients.accounts.create', data: { id: 301 } }, /whose is it/],
    ['no object', { data: {} }, /whose is it/],
    ['no object, but a client', { data: {}, clientId: 1 }, /object_id/],
    ['a date that is none', { occurredAt: new Date('x') }, /occurredAt must be a date/],
    ['data that are too long', { data: { id: 1, text: 'x'.repeat(1_100_000) } }, /at most 1048576/],
    ['an empty id', { id: '' }, /id/],
  ])('is refused with %s', (_what, fields, message) => {
    const event = { type: 'clients.create', data: { id: 12 }, ...fields } as EventToPublish;
    const make = () => eventMessage(event);
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'PublishError', code: 'bad_event' }));
  });

  it('can be made of the sample of every type', () => {
    for (const { id: type, sample } of eventTypes) {
      expect(eventMessage({ type, data: sample }).key).toBe('12');
    }
  });
});
