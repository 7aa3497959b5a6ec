import { randomUUID } from 'node:crypto';
import { decodeBillingEvent, type Task } from '#contracts';
import type { Call } from '../call.ts';

const body = {
  event: { id: 'e-1', dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.update', object_id: 12 },
  data: { id: 12, name: 'My changed name' },
  previous: { name: 'My name' },
};

/** The JSON that the calls of these tests carry. */
export const sentBody = JSON.stringify(body);

/**
 * Of this test file alone: what is left of an execution is looked for on the whole machine, also in what other files
 * run.
 */
const executionId = randomUUID();

/** A call of a task as the dispatcher would order it. */
export function callOf<T extends Task>(task: T, overrides: Partial<Call<T>> = {}): Call<T> {
  const { event = decodeBillingEvent(Buffer.from(sentBody), { headers: { 'partition-key': '12' } }) } = overrides;
  return {
    task,
    handlerId: '0193a000-0000-7000-8000-000000000001',
    timeoutMs: 30_000,
    event,
    format: 'native',
    body: event.body,
    executionId,
    attempt: 1,
    startedAt: new Date(),
    traceparent: null,
    ...overrides,
  };
}

/** A signal that never fires. */
export const never = new AbortController().signal;
