import { hash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  executionId,
  type EventStatus,
  type ExecutionStatus,
  type OutcomeKind,
  type Reached,
  type TaskType,
} from '#contracts';

const minute = 60_000;
export const start = Date.parse('2026-03-01T09:00:00Z');

export const at = (minutes: number): Date => new Date(start + minutes * minute);
export const idAt = (minutes: number): string => uuidv7({ msecs: start + minutes * minute });

export const executor = uuidv7();

/** A row of `events`. Columns without a value have their defaults. */
export interface JournaledEvent {
  id: string;
  eventId: string;
  type: string;
  /** As JSON, as the table has it. */
  objectId: string;
  partitionKey: string;
  status: EventStatus;
  occurredAt: Date;
  receivedAt: Date;
  finishedAt: Date | null;
  revision: number;
  skipped: string[];
  body: string;
  failed?: boolean;
  disabled?: string[];
  replayId?: string;
  replayOf?: string;
  test?: boolean;
}

/** A row of `attempts`. Columns without a value have their defaults. */
export interface JournaledAttempt {
  id: string;
  executionId: string;
  eventId: string;
  eventType: string;
  /** As JSON, as the table has it. */
  objectId: string;
  handlerId: string;
  taskType: TaskType;
  position: number;
  number: number;
  outcome: OutcomeKind;
  reason: string | null;
  message: string | null;
  reached: Reached;
  status: ExecutionStatus;
  /** As JSON, as the table has it. */
  response: string;
  startedAt: Date;
  durationMs: number;
  revision: number;
  executorId: string;
  counted?: boolean;
  nextAttemptAt?: Date;
  replayId?: string;
  test?: boolean;
}

/** A row of `failures`. Columns without a value have their defaults. */
export interface JournaledFailure {
  executionId: string;
  /** Of the attempt that failed last. */
  id: string;
  /** Of the event's run. */
  journalId: string;
  eventId: string;
  eventType: string;
  /** As JSON, as the table has it. */
  objectId: string;
  partitionKey: string;
  handlerId: string;
  taskType: TaskType;
  originId: string;
  reason: string;
  message: string;
  reached: Reached;
  attempts: number;
  failedAt: Date;
  skipped: string[];
  replayId?: string;
  recoveredAt?: Date;
  assignee?: string;
  note?: string;
  settledAs?: string;
  settledAt?: Date;
  settledBy?: string;
}

/** A row of `rejected_messages`. */
export interface JournaledRejection {
  id: string;
  rejectedAt: Date;
  reason: string;
  message: string;
  /** As JSON. */
  errors: string;
  exchange: string;
  routingKey: string;
  /** As JSON, as the table has it. */
  properties: string;
  size: number;
  body: Buffer;
  fingerprint: Buffer;
}

/** An event that was received some minutes after the start. */
export function event(minutes: number, fields: Partial<JournaledEvent>): JournaledEvent {
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
  fields: Partial<JournaledAttempt>,
): JournaledAttempt {
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
    reached: 'yes',
    status: 'succeeded',
    response: JSON.stringify({ http: { status: 200, headers: {}, body: 'fine', truncated: false } }),
    startedAt: at(minutes),
    durationMs: 12.5,
    revision: 3,
    executorId: executor,
    ...fields,
  };
}

/** A failure of the execution that a run of an event and a handler have together. */
export function failure(
  minutes: number,
  { id: journalId, eventId, partitionKey }: JournaledEvent,
  handlerId: string,
  fields: Partial<JournaledFailure> = {},
): JournaledFailure {
  const ownId = executionId(eventId, start, handlerId, fields.replayId);
  return {
    executionId: ownId,
    id: idAt(minutes),
    journalId,
    eventId,
    eventType: 'clients.create',
    objectId: '12',
    partitionKey,
    handlerId,
    taskType: 'http',
    originId: executionId(eventId, start, handlerId),
    reason: 'http_status',
    message: 'answered 503',
    reached: 'yes',
    attempts: 8,
    failedAt: at(minutes),
    skipped: [],
    ...fields,
  };
}

/** A message that was rejected some minutes after the start. */
export function rejection(minutes: number, body: Buffer, fields: Partial<JournaledRejection>): JournaledRejection {
  return {
    id: idAt(minutes),
    rejectedAt: at(minutes),
    reason: 'not_json',
    message: 'body must be JSON',
    errors: '[]',
    exchange: 'billing.events',
    routingKey: 'clients.create',
    properties: '{}',
    size: body.length,
    body,
    fingerprint: hash('sha256', String(minutes), 'buffer'),
    ...fields,
  };
}

/** Writes events as an executor would. */
export async function insertEvents(database: DataSource, ...events: JournaledEvent[]): Promise<void> {
  for (const row of events) await insert(database, 'events', row);
}

/** Writes attempts as an executor would. */
export async function insertAttempts(database: DataSource, ...attempts: JournaledAttempt[]): Promise<void> {
  for (const row of attempts) await insert(database, 'attempts', row);
}

/** Writes failures as an executor would. */
export async function insertFailures(database: DataSource, ...failures: JournaledFailure[]): Promise<void> {
  for (const row of failures) await insert(database, 'failures', row);
}

/** Writes rejected messages as an executor would. */
export async function insertRejections(database: DataSource, ...rejections: JournaledRejection[]): Promise<void> {
  for (const row of rejections) await insert(database, 'rejected_messages', row);
}

async function insert(database: DataSource, table: string, row: object): Promise<void> {
  const columns = Object.keys(row).map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const places = columns.map((_, index) => `$${index + 1}`);
  await database.query(`insert into ${table} (${columns.join()}) values (${places.join()})`, Object.values(row));
}
