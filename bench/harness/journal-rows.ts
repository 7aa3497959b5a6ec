import { columnList, type AttemptRecord, type EventRecord } from '#journal';

export type JournalTable = 'events' | 'attempts';

/**
 * Columns and rows of a day, `YYYYMMDD`, to be inserted into a table of it. Those of `attempts` want the id of a
 * handler and its answer as parameters.
 */
export const journalRows: Record<JournalTable, (day: string, rows: number) => string> = {
  events: (day, rows) => `${selected(eventValues)} from ${occurrences(day, rows)}`,
  attempts: (day, rows) => `${selected(attemptValues)} from ${occurrences(day, rows)}`,
};

/**
 * Moments spread over a day, or of today over what has passed of it, with what is common to the event and its attempt.
 * One of a thousand has failed. Ids are random, as those of a billing system would be, and the same in both tables.
 */
function occurrences(day: string, rows: number): string {
  return `(select number, at, md5('${day}' || number)::uuid as event_id, number % 1000 = 0 as failed,
      lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as hex, (number % 100000)::text as object_id,
      (array['clients.update', 'clients.update', 'clients.create', 'clients.archive'])[1 + number % 4] as type
    from (select number, day + number::double precision / ${String(rows + 1)} * (least(day + interval '1 day', now()) - day) as at
      from (select to_timestamp('${day} UTC', 'YYYYMMDD TZ') as day) as begin, generate_series(1, ${String(rows)}) as number
    ) as moments) as occurrence`;
}

/** A UUIDv7 of the moment. */
const id = `(substr(hex, 1, 8) || '-' || substr(hex, 9) || '-7' || substr(gen_random_uuid()::text, 16))::uuid`;
const status = `case when failed then 'failed' else 'succeeded' end`;

const body = `'{"event":{"id":"' || event_id || '","dt":"2026-01-01T00:00:00.000Z","events_id":"' || type || '","object_id":'
  || object_id || '},"data":{"filler":"' || repeat('x', 350) || '"}}'`;
const eventValues: Record<keyof EventRecord, string> = {
  id,
  event_id: 'event_id',
  type: 'type',
  object_id: 'object_id',
  partition_key: `'client:' || object_id`,
  status,
  occurred_at: 'at',
  received_at: 'at',
  finished_at: `at + interval '5 ms'`,
  revision: '1',
  failed: 'failed',
  skipped: `'{}'::uuid[]`,
  disabled: `'{}'::uuid[]`,
  replay_id: 'null::uuid',
  test: 'false',
  traceparent: 'null',
  body,
};

const attemptValues: Record<keyof AttemptRecord, string> = {
  id,
  execution_id: 'md5(event_id::text)::uuid',
  event_id: 'event_id',
  event_type: 'type',
  object_id: 'object_id',
  handler_id: '$1::uuid',
  task_type: `'http'`,
  position: '1',
  number: '1',
  counted: 'true',
  outcome: `case when failed then 'permanent' else 'success' end`,
  reason: `case when failed then 'http_status' end`,
  message: `case when failed then 'HTTP 400' end`,
  status,
  next_attempt_at: 'null::timestamptz',
  response: '$2',
  started_at: 'at',
  duration_ms: '4.2',
  revision: '1',
  replay_id: 'null::uuid',
  test: 'false',
  executor_id: `'00000000-0000-7000-8000-000000000000'::uuid`,
};

function selected(values: Readonly<Record<string, string>>): string {
  return `(${columnList(Object.keys(values))}) select ${Object.values(values).join(', ')}`;
}
