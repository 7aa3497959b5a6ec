import { readMoment, type ReplayFilter } from '#contracts';
import { lowestIdAt } from '#database';

/** What is to be replayed, as the registry wrote it down. */
export interface ReplayRequest {
  readonly id: string;
  readonly createdAt: Date;
  /** The one event that it is about; null where the filter decides. */
  readonly eventId: string | null;
  readonly filter: ReplayFilter;
  /** The handlers that are to run; null: all of the plan. */
  readonly handlerIds: readonly string[] | null;
}

/** A query for the events that a replay is about, with the values of its parameters. */
export interface Selection {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How far the time in a row's id and the time in its column may lie apart: they are taken one after the other. */
const slackMs = 60_000;

/**
 * The events that a replay is about: what came from billing and was no duplicate, before the replay was asked for. Of
 * an event whose id was seen in several occurrences it is the newest.
 *
 * @throws {RangeError} When a time of the filter is none.
 */
export function selectionOf({ createdAt, eventId, filter }: ReplayRequest): Selection {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const conditions = ['not test', 'replay_id is null', `status <> 'duplicate'`];
  if (eventId !== null) conditions.push(`event_id = ${parameter(eventId)}`);
  else {
    conditions.push(`id < ${parameter(lowestIdAt(createdAt.getTime()))}`, newestOccurrence);
    conditions.push(...filterConditions(filter, parameter));
  }
  const text = `select id, event_id as "eventId", partition_key as "partitionKey", traceparent, body from events
    as event where ${conditions.join(' and ')}`;
  return { text: eventId === null ? text : `${text} order by id desc limit 1`, values };
}

/** A replay handles an id once; the same id comes a second time only when it was no longer remembered. */
const newestOccurrence = `not exists (select from events as later where later.event_id = event.event_id and later.id > event.id
  and not later.test and later.replay_id is null and later.status <> 'duplicate')`;

function filterConditions(
  { type, objectIds, partitionKey, status, hasFailures, from, to }: ReplayFilter,
  parameter: (value: unknown) => string,
): string[] {
  const conditions: string[] = [];
  if (type !== undefined) conditions.push(`type = ${parameter(type)}`);
  if (objectIds !== undefined) conditions.push(`object_id = any(${parameter(objectIds)})`);
  if (partitionKey !== undefined) conditions.push(`partition_key = ${parameter(partitionKey)}`);
  if (status !== undefined) {
    conditions.push(`status = any(${parameter(status)})`);
    // Only those that did not succeed have an index, which is used when these words are in the query.
    if (!status.includes('succeeded')) conditions.push(`status <> 'succeeded'`);
  }
  if (hasFailures) conditions.push('failed');
  // By the ids as well, which are of about that time, and say which days of the journal need not be looked at.
  if (from !== undefined) {
    const time = timeOf(from);
    conditions.push(`received_at >= ${parameter(time)}`, `id >= ${parameter(lowestIdAt(time.getTime() - slackMs))}`);
  }
  if (to !== undefined) {
    const time = timeOf(to);
    conditions.push(`received_at < ${parameter(time)}`, `id < ${parameter(lowestIdAt(time.getTime() + slackMs))}`);
  }
  return conditions;
}

function timeOf(text: string): Date {
  const time = readMoment(text);
  if (typeof time === 'string') throw new RangeError(`${JSON.stringify(text)} is no time: it ${time}`);
  return new Date(time);
}
