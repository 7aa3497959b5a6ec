import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DatabaseClock } from '#database';
import type { Logger } from '#observability';
import type { AuditEntry } from '../audit/audit-actions.ts';
import type { Actor, Audit } from '../audit/audit.service.ts';
import { PublishAudit } from './publish-audit.ts';

const program: Actor = { kind: 'api_key', id: 'k-1', name: 'billing', address: '127.0.0.1' };
const person: Actor = { ...program, kind: 'session', name: 'Ada' };
const event = (id: string, type = 'clients.create') => ({ id, type, objectId: 12, partitionKey: 'client-12' });

describe('the audit of published events', () => {
  let entries: AuditEntry[];
  let audit: PublishAudit;
  let fails: boolean;
  const error = jest.fn();
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-03-01T09:00:00Z') });
    entries = [];
    fails = false;
    error.mockClear();
    const record = (_: Actor, entry: AuditEntry): Promise<void> => {
      if (fails) return Promise.reject(new Error('the database is away'));
      entries.push(entry);
      return Promise.resolve();
    };
    const clock = { date: () => new Date() } as DatabaseClock;
    audit = new PublishAudit({ record } as unknown as Audit, clock, { error } as unknown as Logger);
  });
  afterEach(() => void jest.useRealTimers());

  it('has an entry for each event of a person', async () => {
    for (const id of ['a', 'b', 'c']) await audit.record(person, event(id));
    expect(entries.map(({ subject }) => subject.id)).toEqual(['a', 'b', 'c']);
  });

  it('has an entry at once for the first event of a program, and one for all of the minute after it', async () => {
    await audit.record(program, event('a'));
    expect(entries).toMatchObject([{ subject: { id: 'a' }, after: { type: 'clients.create', objectId: 12 } }]);
    await jest.advanceTimersByTimeAsync(10_000);
    for (const id of ['b', 'c']) await audit.record(program, event(id));
    await audit.record(program, event('d', 'clients.update'));
    await audit.record({ ...program, id: 'k-2' }, event('of another key'));
    expect(entries).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(50_000);
    expect(entries[2]).toEqual({
      action: 'event.publish',
      subject: { type: 'event', id: 'd' },
      after: {
        events: 3,
        from: new Date('2026-03-01T09:00:10Z'),
        to: new Date('2026-03-01T09:01:00Z'),
        types: { 'clients.create': 2, 'clients.update': 1 },
      },
    });
    await audit.record(program, event('e'));
    expect(entries[3]).toMatchObject({ subject: { id: 'e' }, after: { objectId: 12 } });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(entries).toHaveLength(4);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('has all of them when the registry stops, and logs those that could not be written', async () => {
    for (const id of ['a', 'b']) await audit.record(program, event(id));
    await audit.stop();
    expect(entries).toMatchObject([{}, { after: { events: 1 } }]);
    expect(jest.getTimerCount()).toBe(0);
    for (const id of ['c', 'd']) await audit.record(program, event(id));
    fails = true;
    await audit.stop();
    expect(error).toHaveBeenCalledWith(
      { err: new Error('the database is away'), entry: expect.objectContaining({ action: 'event.publish' }) },
      'failed to record published events in the audit',
    );
  });
});
