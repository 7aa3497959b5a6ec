import { describe, expect, it } from '@jest/globals';
import { eventTypeOf, replayFilterOf } from './replay-target.ts';

describe('what is to be replayed', () => {
  const now = new Date('2026-03-01T10:00:00Z');

  it('is what the list is narrowed to, with its times as they are now', () => {
    const filters = {
      type: 'clients.create',
      status: 'failed',
      objectId: '12',
      partitionKey: '7',
      period: '1h',
    } as const;
    expect(replayFilterOf({ ...filters, cursor: 'x', live: 'on' }, now)).toEqual({
      type: 'clients.create',
      status: ['failed'],
      objectId: '12',
      partitionKey: '7',
      from: '2026-03-01T09:00:00.000Z',
    });
    expect(replayFilterOf({}, now)).toEqual({});
  });

  it('is never a duplicate, nor what was replayed', () => {
    expect(replayFilterOf({ status: 'duplicate' }, now)).toBeUndefined();
    expect(replayFilterOf({ replayId: 'r' }, now)).toBeUndefined();
  });

  it('has handlers to choose among when it is of one event type', () => {
    const event = (type: string) => ({ id: type, type, objectId: 1 });
    const events = [event('clients.create'), event('clients.create')];
    expect(eventTypeOf({ kind: 'events', events })).toBe('clients.create');
    expect(eventTypeOf({ kind: 'events', events: [...events, event('clients.update')] })).toBeUndefined();
    expect(eventTypeOf({ kind: 'filter', filter: { type: 'clients.update' } })).toBe('clients.update');
    expect(eventTypeOf({ kind: 'filter', filter: {} })).toBeUndefined();
  });
});
