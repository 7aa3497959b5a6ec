import { v7 as uuidv7 } from 'uuid';
import { decodeBillingEvent, noHandler } from '#contracts';
import type { EventEnd, Run } from '../record/run.ts';

const nothing = { failed: false, skipped: [], disabled: [], detached: [] };

/** The end of an event whose handlers have all run. */
export const succeeded: EventEnd = { ...nothing, status: 'succeeded', rest: null };

/** The end of an event in the fast lane that waits behind others of its key. */
export const behind: EventEnd = {
  ...nothing,
  status: 'waiting',
  rest: {
    ...{ key: '1', detached: false, handlerId: noHandler, cause: null, delayMs: 0, progress: null },
    reason: 'behind',
  },
};

/** A run of an event that nothing has been done for. */
export function runOf(id: string, data: object = {}): Run {
  const body = { event: { id, dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 1 }, data };
  return {
    journalId: uuidv7(),
    event: decodeBillingEvent(Buffer.from(JSON.stringify(body)), { headers: { 'partition-key': '1' } }),
    receivedAt: new Date(),
    revision: 1,
    replay: null,
    resumed: false,
    testId: null,
    attempts: [],
  };
}
