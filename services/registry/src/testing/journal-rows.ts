import { v7 as uuidv7 } from 'uuid';
import { executionId } from '#contracts';
import type { AttemptEntity, EventEntity } from '#database';

const minute = 60_000;
export const start = Date.parse('2026-03-01T09:00:00Z');

export const at = (minutes: number): Date => new Date(start + minutes * minute);
export const idAt = (minutes: number): string => uuidv7({ msecs: start + minutes * minute });

export const executor = uuidv7();

/** A row of the journal, some minutes after the start. */
export function event(minutes: number, fields: Partial<EventEntity>): Partial<EventEntity> {
  const id = fields.eventId ?? `e-${minutes}`;
  return {
    id: idAt(minutes),
    eventId: id,
    type: 'clients.create',
    objectId: '12',
    partitionKey: 'Clients:12',
    status: 'succeeded',
    occurredAt: at(minutes),
    receivedAt: at(minutes),
    finishedAt: at(minutes),
    revision: 3,
    skipped: [],
    body: JSON.stringify({ event: { id }, data: { id: 12, zero: '\0' }, previous: { id: 11 } }),
    ...fields,
  };
}

/** An attempt of the execution that an event and a handler have together. */
export function attempt(
  minutes: number,
  eventId: string,
  handlerId: string,
  fields: Partial<AttemptEntity>,
): Partial<AttemptEntity> {
  return {
    id: idAt(minutes),
    executionId: executionId(eventId, start, handlerId),
    eventId,
    eventType: 'clients.create',
    objectId: '12',
    handlerId,
    taskType: 'http',
    position: 1,
    number: 1,
    outcome: 'success',
    reason: null,
    message: null,
    status: 'succeeded',
    response: JSON.stringify({ http: { status: 200, headers: {}, body: 'fine', truncated: false } }),
    startedAt: at(minutes),
    durationMs: 12.5,
    revision: 3,
    executorId: executor,
    ...fields,
  };
}
