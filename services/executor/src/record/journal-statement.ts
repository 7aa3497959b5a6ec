import pg from 'pg';
import { type Pool } from '#database';
import { attemptColumns, columnList, eventColumns, eventValueColumns, type Columns } from '#journal';
import { valueHash, type FieldValues } from '#search';
import { columnArrays, rowsFromArrays } from './binary-array.ts';
import { deferPart } from './deferral-statement.ts';
import { failurePart } from './failure-statement.ts';
import type {
  AttemptRow,
  DeferralRow,
  EventRow,
  EventValueRow,
  FailureRow,
  JournalEntry,
  Recovery,
} from './journal-rows.ts';

const firstOfAttempts = 1 + Object.keys(eventColumns).length;
const firstOfOthers = firstOfAttempts + Object.keys(attemptColumns).length;
const [deferralsParameter, failuresParameter, recoveriesParameter] = [0, 1, 2].map(
  (index) => `$${String(firstOfOthers + index)}`,
) as [string, string, string];

const insertEvents = insert('events', eventColumns, 1);
const insertAttempts = insert('attempts', attemptColumns, firstOfAttempts);

function insert(table: string, columns: Columns, first: number, values = namesOf(columns)): string {
  return `insert into ${table} (${namesOf(columns)}) select ${values} from ${rowsFromArrays(columns, first)}`;
}

function namesOf(columns: Columns): string {
  return columnList(Object.keys(columns));
}

/** What is there already was committed by a statement whose answer got lost. */
const unlessThere = 'on conflict (id) do nothing';
const unlessIndexed = 'on conflict (hash, id) do nothing';

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

interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A statement, and the same for a batch of which values are indexed. */
interface Statements {
  readonly plain: Statement;
  readonly indexing: Statement;
}

/**
 * @param firstOfValues Number of the parameter with the hashes, behind all others.
 * @param unless What to do about a value that is indexed already.
 */
function statements(name: string, parts: string, end: string, firstOfValues: number, unless = ''): Statements {
  const indexed = `indexed as (${insert('event_values', eventValueColumns, firstOfValues)} ${unless})`;
  return {
    plain: { name, text: `with ${parts} ${end}` },
    indexing: { name: `${name}-indexing`, text: `with ${indexed}, ${parts} ${end}` },
  };
}

/** One statement, so that a batch is in the journal whole or not at all, after one round trip. */
const writeStatements = statements('journal', `written as (${insertAttempts})`, insertEvents, firstOfOthers);

/** As above, of a batch that is there already, in part or whole. Always to look for that would take a sixth longer. */
const againStatements = statements(
  'journal-again',
  `written as (${insertAttempts} ${unlessThere})`,
  `${insertEvents} ${unlessThere}`,
  firstOfOthers,
  unlessIndexed,
);

/** As above, for a batch of which something goes to the slow lane, has failed, or settles a failure. */
const troubledStatements = statements(
  'journal-troubled',
  `written as (${insertAttempts} ${unlessThere}), ${failurePart(failuresParameter, recoveriesParameter)},
    ${deferPart(deferralsParameter, isNew)}`,
  `${insert('events', eventColumns, 1, deferredEvent)} ${unlessThere}`,
  firstOfOthers + 3,
  unlessIndexed,
);

const uniqueViolation = '23505';

/**
 * Writes entries in one transaction.
 *
 * @param searched What of the events is indexed; undefined: nothing.
 */
export async function writeEntries(
  pool: Pool,
  entries: readonly JournalEntry[],
  searched?: FieldValues,
): Promise<void> {
  const events: EventRow[] = [];
  const attempts: AttemptRow[] = [];
  const deferrals: DeferralRow[] = [];
  const failures: FailureRow[] = [];
  const recoveries: Recovery[] = [];
  for (const entry of entries) {
    if ('attempt' in entry) {
      attempts.push(entry.attempt);
      if (entry.failure) failures.push(entry.failure);
      if (entry.recovery) recoveries.push(entry.recovery);
    } else {
      events.push(entry.event);
      deferrals.push(...entry.deferrals);
    }
  }
  const values = [...columnArrays(eventColumns, events), ...columnArrays(attemptColumns, attempts)];
  const found = searched ? valuesOf(events, searched) : [];
  const kind = found.length > 0 ? 'indexing' : 'plain';
  const indexed = found.length > 0 ? columnArrays(eventValueColumns, found) : [];
  const troubles = [deferrals, lastOfEach(failures), recoveries];
  if (troubles.some((rows) => rows.length > 0)) {
    const lists = troubles.map((rows) => JSON.stringify(rows));
    await pool.query({ ...troubledStatements[kind], values: [...values, ...lists, ...indexed] });
    return;
  }
  try {
    await pool.query({ ...writeStatements[kind], values: [...values, ...indexed] });
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === uniqueViolation)) throw error;
    await pool.query({ ...againStatements[kind], values: [...values, ...indexed] });
  }
}

function valuesOf(events: readonly EventRow[], searched: FieldValues): EventValueRow[] {
  return events.flatMap(({ id, body }) => searched.of(body).map((value) => ({ hash: valueHash(value), id })));
}

/** A row cannot be inserted and changed by one statement: the last failure of an execution counts. */
function lastOfEach(failures: readonly FailureRow[]): FailureRow[] {
  return [...new Map(failures.map((failure) => [failure.execution_id, failure])).values()];
}
