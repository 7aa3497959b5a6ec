export type JournalTable = 'events' | 'attempts';

/**
 * Columns and rows of a day, `YYYYMMDD`, to be inserted into a table of it. Those of `attempts` want the id of a handler and its
 * answer as parameters.
 */
export const journalRows: Record<JournalTable, (day: string, rows: number) => string> = {
  events: (day, rows) => `${eventColumns} select ${eventValues} from ${occurrences(day, rows)}`,
  attempts: (day, rows) => `${attemptColumns} select ${attemptValues} from ${occurrences(day, rows)}`,
};

/**
 * Moments spread over a day, or of today over what has passed of it, with what is common to the event and its attempt. One of a
 * thousand has failed. Ids are random, as those of a billing system would be, and the same in both tables.
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

const eventColumns = `(id, event_id, type, object_id, partition_key, status, occurred_at, received_at, finished_at, revision, failed,
  skipped, replay_id, test, body)`;
const body = `'{"event":{"id":"' || event_id || '","dt":"2026-01-01T00:00:00.000Z","events_id":"' || type || '","object_id":'
  || object_id || '},"data":{"filler":"' || repeat('x', 350) || '"}}'`;
const eventValues = `${id}, event_id, type, object_id, 'client:' || object_id, ${status}, at, at, at + interval '5 ms', 1, failed,
  '{}', null, false, ${body}`;

const attemptColumns = `(id, execution_id, event_id, event_type, object_id, handler_id, task_type, position, number, counted, outcome,
  reason, message, status, next_attempt_at, response, started_at, duration_ms, revision, replay_id, test, executor_id)`;
const attemptValues = `${id}, md5(event_id::text)::uuid, event_id, type, object_id, $1, 'http', 1, 1, true,
  case when failed then 'permanent' else 'success' end, case when failed then 'http_status' end,
  case when failed then 'HTTP 400' end, ${status}, null, $2, at, 4.2, 1, null, false, '00000000-0000-7000-8000-000000000000'`;
