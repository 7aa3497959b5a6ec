import { lowestIdAt, type DeferralFilter, type ReplayFilter } from '#contracts';
import { deferralConditions, failureConditions, momentOf, slackMs, type Parameter } from '#journal';
import type { OperationRequest } from './operation-request.ts';

/** A statement with the values of its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What an operation is about: how much there is, and page after page of it. */
export interface Selection {
  readonly count: Statement;
  /** @param position Of the last item of the page before; null for the first page. */
  page(position: string | null, size: number): Statement;
}

/** A page ends with the event that reaches it: so much of the journal is in memory at a time. */
const pageBytes = 2 * 1024 * 1024;

/**
 * The events that a replay is about, the oldest first: what came from billing and was no duplicate, before the replay
 * was asked for. Of an event whose id was seen in several occurrences it is the newest.
 *
 * @throws {RangeError} When a time of the filter is not a time.
 */
export function replayed({ createdAt, eventId, filter }: OperationRequest): Selection {
  const { values, parameter } = parameters();
  const conditions = ['not test', '(replay_id is null or replay_of is not null)', `status <> 'duplicate'`];
  if (eventId !== null) conditions.push(`event_id = ${parameter(eventId)}`);
  else {
    conditions.push(`id < ${parameter(lowestIdAt(createdAt.getTime()))}`, newestOccurrence);
    conditions.push(...eventConditions(filter as ReplayFilter, parameter));
  }
  const text = `select id, id::text as position, event_id as "eventId", partition_key as "partitionKey",
      (extract(epoch from occurred_at) * 1000)::double precision as "occurredAt", traceparent, body
    from events as event where ${conditions.join(' and ')}`;
  return eventPages(eventId === null ? text : `${text} order by id desc limit 1`, values);
}

/** A replay handles an id once; the same id comes a second time only when it was no longer remembered. */
const newestOccurrence = `not exists (select from events as later where later.event_id = event.event_id
  and later.id > event.id
  and not later.test and later.replay_id is null and later.status <> 'duplicate')`;

/**
 * The runs of events that a resume is about, the oldest first: those with an open failure, and those of which a person
 * has settled the failure.
 *
 * @throws {RangeError} When a time of the filter is not a time.
 */
export function resumable({ createdAt, eventId, executionIds, filter }: OperationRequest): Selection {
  const { values, parameter } = parameters();
  const conditions = [`failed_at <= ${parameter(createdAt)}`];
  if (eventId !== null) conditions.push(`event_id = ${parameter(eventId)}`);
  else if (executionIds) conditions.push('open', `execution_id = any(${parameter(executionIds)}::uuid[])`);
  else conditions.push('open', ...failureConditions(filter, parameter));
  const text = `select events.id, events.id::text as position, events.event_id as "eventId",
      events.partition_key as "partitionKey", traceparent, body, "handlerIds"
    from (
      select journal_id, array_agg(handler_id) filter (where open) as "handlerIds"
      from failures where ${conditions.join(' and ')} group by journal_id
    ) as run join events on events.id = run.journal_id`;
  return eventPages(text, values);
}

/** Pages of a query for events, by its columns `id` and `body`. */
function eventPages(text: string, values: readonly unknown[]): Selection {
  return {
    count: { text: `select count(*)::integer as total from (${text}) as selected`, values },
    page: (position, size) => ({
      text: `select * from (
         select *, sum(octet_length(body)) over (order by id) - octet_length(body) as before from (
           select * from (${text}) as selected where id > $${values.length + 1} order by id limit $${values.length + 2}
         ) as page
       ) as weighed where before < ${pageBytes} order by id`,
      values: [...values, position ?? lowestIdAt(0), size],
    }),
  };
}

/**
 * Reserves the keys that a retry or a skip is about, so that none of them is attempted before its turn: those that come
 * due meanwhile would all be attempted as soon as their target is back.
 */
export function reservation({ id, createdAt, filter }: OperationRequest): Statement {
  const { values, parameter } = parameters();
  const by = parameter(id);
  const conditions = waitingConditions({ createdAt, filter }, parameter);
  return {
    text: `update deferral_keys set reserved_by = ${by} 
      where (reserved_by is null or exists (
        select from operations where operations.id = reserved_by and cancelled_at is not null)) and ${conditions}`,
    values,
  };
}

/** The keys that a retry or a skip is about, the one that has waited longest first; its pages have what is reserved. */
export function waiting({ id, createdAt, filter }: OperationRequest): Selection {
  const { values, parameter } = parameters();
  const conditions = waitingConditions({ createdAt, filter }, parameter);
  return {
    count: { text: `select count(*)::integer as total from deferral_keys where ${conditions}`, values },
    page: (position, size) => {
      const [since = '0', key = ''] = position === null ? [] : splitOnce(position);
      return {
        text: `select key, (extract(epoch from waiting_since) * 1000000)::bigint || ' ' || key as position
          from deferral_keys where reserved_by = $1 and (waiting_since, key) >
            (timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3)
          order by waiting_since, key limit $4`,
        values: [id, since, key, size],
      };
    },
  };
}

function waitingConditions(
  { createdAt, filter }: Pick<OperationRequest, 'createdAt' | 'filter'>,
  parameter: Parameter,
): string {
  const conditions = deferralConditions(filter as DeferralFilter, parameter);
  return [`waiting_since <= ${parameter(createdAt)}`, ...conditions].join(' and ');
}

/** Microseconds since 1970, and the key behind them, which may have spaces. */
function splitOnce(position: string): [string, string] {
  const end = position.indexOf(' ');
  return [position.slice(0, end), position.slice(end + 1)];
}

function parameters(): { values: unknown[]; parameter: Parameter } {
  const values: unknown[] = [];
  return { values, parameter: (value) => `$${values.push(value)}` };
}

function eventConditions(
  { type, objectIds, partitionKey, status, hasFailures, from, to }: ReplayFilter,
  parameter: Parameter,
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
    const time = momentOf(from);
    conditions.push(`received_at >= ${parameter(time)}`, `id >= ${parameter(lowestIdAt(time.getTime() - slackMs))}`);
  }
  if (to !== undefined) {
    const time = momentOf(to);
    conditions.push(`received_at < ${parameter(time)}`, `id < ${parameter(lowestIdAt(time.getTime() + slackMs))}`);
  }
  return conditions;
}
