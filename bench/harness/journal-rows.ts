import { columnList, type AttemptRecord, type EventRecord } from '#journal';

export type JournalTable = 'events' | 'attempts' | 'event_values';

/** A day of the journal. */
export interface FullDay {
  /** `YYYYMMDD`. */
  readonly day: string;
  /** Events, and as many attempts. */
  readonly rows: number;
  /** One of this number of events has failed. */
  readonly failedOf: number;
  /** The table with its events. */
  readonly events: string;
}

/**
 * Columns and rows of a day, to be inserted into a table of it. Those of `attempts` want the id of a handler and its
 * answer as parameters; those of `event_values` want the events to be there.
 */
export const journalRows: Record<JournalTable, (of: FullDay) => string> = {
  events: (of) => `${selected(eventValues)} from ${occurrences(of)}`,
  attempts: (of) => `${selected(attemptValues)} from ${occurrences(of)}`,
  event_values: ({ events }) => `(hash, id)
    select ('x' || substr(encode(sha256(convert_to(field || chr(10) || value, 'UTF8')), 'hex'), 1, 16))::bit(64)::bigint, id
    from ${events} cross join lateral (values ${fields.map(([name, value]) => `('${name}', ${value})`).join()}) as own (field, value)`,
};

/** Fields of an event that are searched, each with its value in SQL. */
const fields = [
  ['phone', `'+49' || lpad(object_id, 9, '0')`],
  ['login', `'user' || lpad(object_id, 9, '0')`],
  ['imsi', `'262' || lpad(object_id, 9, '0')`],
] as const;

/**
 * Moments spread over a day, or of today over what has passed of it, with what is common to the event and its attempt.
 * Ids are random, as those of a billing system would be, and the same in both tables.
 */
function occurrences({ day, rows, failedOf }: FullDay): string {
  return `(select number, at, md5('${day}' || number)::uuid as event_id, number % ${String(failedOf)} = 0 as failed,
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
  || object_id || '},"data":{' ||
  ${fields.map(([name, value]) => `'"${name}":"' || ${value} || '",'`).join(' || ')} || '"filler":"' || repeat('x', 250) || '"}}'`;
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
  replay_of: 'null',
  test: 'false',
  traceparent: 'null',
  body,
};

const refusal = `'{"http":{"status":400,"headers":{"content-type":"application/json"},"body":"{\\"error\\":\\"no such client\\",\\"trace\\":\\"'
  || event_id || repeat(' at a line', 30) || '\\"}","truncated":false}}'`;

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
  message: `case when failed then 'HTTP 400: no such client ' || object_id end`,
  reached: `'yes'`,
  status,
  next_attempt_at: 'null::timestamptz',
  response: `case when failed then ${refusal} else $2 end`,
  kept: 'null',
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
