import pg from 'pg';
import { type Pool } from '#database';
import { attemptColumns, columnList, eventColumns, type Columns } from '#journal';
import { columnArrays, rowsFromArrays } from './binary-array.ts';
import { deferPart } from './deferral-statement.ts';
import type { AttemptRow, DeferralRow, EventRow, JournalEntry } from './journal-rows.ts';

const firstOfAttempts = 1 + Object.keys(eventColumns).length;
const deferralsParameter = `$${String(firstOfAttempts + Object.keys(attemptColumns).length)}`;

const insertEvents = insert('events', eventColumns, 1);
const insertAttempts = insert('attempts', attemptColumns, firstOfAttempts);

function insert(table: string, columns: Columns, first: number, values = namesOf(columns)): string {
  return `insert into ${table} (${namesOf(columns)}) select ${values} from ${rowsFromArrays(columns, first)}`;
}

function namesOf(columns: Columns): string {
  return columnList(Object.keys(columns));
}

/** One statement, so that a batch is in the journal whole or not at all, after one round trip. */
const writeStatement = { name: 'journal', text: `with written as (${insertAttempts}) ${insertEvents}` };

/** What is there already was committed by a statement whose answer got lost. */
const unlessThere = 'on conflict (id) do nothing';

/** As above, of a batch that is there already, in part or whole. Always to look for that would take a sixth longer. */
const againStatement = {
  name: 'journal-again',
  text: `with written as (${insertAttempts} ${unlessThere}) ${insertEvents} ${unlessThere}`,
};

/** An event that waits already is not put into the slow lane once more, and is recorded as what it is. */
const isDuplicate = `status = 'waiting' and id not in (select journal_id from deferred)`;
const deferredEvent = namesOf(eventColumns)
  .replace('"status"', `case when ${isDuplicate} then 'duplicate' else status end`)
  .replace('"finished_at"', `case when ${isDuplicate} then now() else finished_at end`);

/**
 * An event that is in the journal came there together with what of it went to the slow lane, which may have ended
 * since: a statement that arrives late, when it was given up long ago, must not put it there again.
 */
const isNew = 'journal_id <> all (array(select id from events where id = any ($1::uuid[])))';

/** As above, for a batch of which something goes to the slow lane. */
const deferringStatement = {
  name: 'journal-deferring',
  text: `with written as (${insertAttempts} ${unlessThere}), ${deferPart(deferralsParameter, isNew)}
    ${insert('events', eventColumns, 1, deferredEvent)} ${unlessThere}`,
};

const uniqueViolation = '23505';

/** Writes entries in one transaction. */
export async function writeEntries(pool: Pool, entries: readonly JournalEntry[]): Promise<void> {
  const events: EventRow[] = [];
  const attempts: AttemptRow[] = [];
  const deferrals: DeferralRow[] = [];
  for (const entry of entries) {
    if ('attempt' in entry) attempts.push(entry.attempt);
    else {
      events.push(entry.event);
      deferrals.push(...entry.deferrals);
    }
  }
  const values = [...columnArrays(eventColumns, events), ...columnArrays(attemptColumns, attempts)];
  if (deferrals.length > 0) {
    await pool.query({ ...deferringStatement, values: [...values, JSON.stringify(deferrals)] });
    return;
  }
  try {
    await pool.query({ ...writeStatement, values });
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === uniqueViolation)) throw error;
    await pool.query({ ...againStatement, values });
  }
}
