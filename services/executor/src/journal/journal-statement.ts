import type { Pool } from '#database';
import type { AttemptRow, EventRow, JournalEntry } from './journal-rows.ts';

/** Columns and their types as PostgreSQL reads them out of JSON; the compiler sees to it that none is forgotten. */
const eventColumns: Record<keyof EventRow, string> = {
  id: 'uuid',
  event_id: 'text',
  type: 'text',
  object_id: 'text',
  partition_key: 'text',
  status: 'text',
  occurred_at: 'timestamptz',
  received_at: 'timestamptz',
  finished_at: 'timestamptz',
  revision: 'integer',
  skipped: 'uuid[]',
  body: 'text',
};

const attemptColumns: Record<keyof AttemptRow, string> = {
  id: 'uuid',
  execution_id: 'uuid',
  event_id: 'text',
  event_type: 'text',
  object_id: 'text',
  handler_id: 'uuid',
  task_type: 'text',
  position: 'integer',
  number: 'integer',
  outcome: 'text',
  reason: 'text',
  message: 'text',
  status: 'text',
  response: 'text',
  started_at: 'timestamptz',
  duration_ms: 'double precision',
  revision: 'integer',
  executor_id: 'uuid',
};

function insert(table: string, columns: Record<string, string>, parameter: string): string {
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const typed = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  return `insert into ${table} (${names.join(', ')})
    select ${names.join(', ')} from json_to_recordset(${parameter}::json) as row (${typed.join(', ')})`;
}

/** One statement, so that a batch is in the journal whole or not at all, after one round trip. */
const writeStatement = {
  name: 'journal',
  text: `with written as (${insert('events', eventColumns, '$1')}) ${insert('attempts', attemptColumns, '$2')}`,
};

/** Writes entries in one transaction. */
export async function writeEntries(pool: Pool, entries: readonly JournalEntry[]): Promise<void> {
  const events: EventRow[] = [];
  const attempts: AttemptRow[] = [];
  for (const entry of entries) {
    if ('event' in entry) events.push(entry.event);
    else attempts.push(entry.attempt);
  }
  await pool.query({ ...writeStatement, values: [JSON.stringify(events), JSON.stringify(attempts)] });
}
