import pg from 'pg';
import type { Pool } from '#database';
import { attemptColumns, columnList, eventColumns, eventValueColumns, type Columns, type WrittenRow } from '#journal';
import { valueHash, type FieldValues } from '#search';
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

/** What a value of each type is here. Times are milliseconds since 1970. */
interface Values {
  bigint: bigint;
  boolean: boolean;
  integer: number;
  'double precision': number;
  text: string;
  timestamptz: number;
  uuid: string;
}

export type ArrayType = keyof Values;

interface Encoding<Value> {
  /** The id that PostgreSQL has for the type. */
  readonly typeId: number;
  readonly bytes: (value: Value) => number;
  /** Writes a value, and returns the place behind it. */
  readonly write: (array: Buffer, value: Value, at: number) => number;
}

/** PostgreSQL reckons from then, in microseconds. */
const year2000 = Date.UTC(2000, 0, 1);

const encodings: { readonly [Type in ArrayType]: Encoding<Values[Type]> } = {
  bigint: { typeId: 20, bytes: () => 8, write: (array, value, at) => array.writeBigInt64BE(value, at) },
  boolean: { typeId: 16, bytes: () => 1, write: (array, value, at) => array.writeUInt8(value ? 1 : 0, at) },
  integer: { typeId: 23, bytes: () => 4, write: (array, value, at) => array.writeInt32BE(value, at) },
  'double precision': { typeId: 701, bytes: () => 8, write: (array, value, at) => array.writeDoubleBE(value, at) },
  text: {
    typeId: 25,
    bytes: (text) => Buffer.byteLength(text),
    write: (array, text, at) => at + array.write(text, at, 'utf8'),
  },
  timestamptz: { typeId: 1184, bytes: () => 8, write: writeTime },
  uuid: { typeId: 2950, bytes: () => 16, write: writeUuid },
};

/** Writes a 64-bit number as its two halves: a bigint would be made for nothing else. */
function writeTime(array: Buffer, time: number, at: number): number {
  const microseconds = Math.round((time - year2000) * 1_000);
  const high = Math.floor(microseconds / 2 ** 32);
  return array.writeUInt32BE(microseconds - high * 2 ** 32, array.writeInt32BE(high, at));
}

/** Writes the bytes of a UUID. Digit by digit, since a text without its hyphens would be made for nothing else. */
function writeUuid(array: Buffer, id: string, at: number): number {
  let end = at;
  for (let place = 0; place < id.length; place += 2) {
    if (id.charCodeAt(place) === hyphen) place++;
    const byte = (digitOf(id.charCodeAt(place)) << 4) | digitOf(id.charCodeAt(place + 1));
    // What is no UUID would leave in the array what was in memory before.
    if (byte < 0 || end === at + 16) throw new TypeError(`${id} is no UUID`);
    array[end++] = byte;
  }
  if (end !== at + 16) throw new TypeError(`${id} is no UUID`);
  return end;
}

const hyphen = 0x2d;

/** The value of a hexadecimal digit, by its character; -1 when it is none. */
function digitOf(code: number): number {
  return digits[code] ?? -1;
}

const digits = Int8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? -1 : digit;
});

const headerBytes = 20;
const lengthBytes = 4;
const lengthOfNull = -1;

/**
 * A parameter that holds an array in PostgreSQL's binary format (what `array_send` writes), which the database copies
 * as it is: there is nothing to escape here and nothing to parse there.
 */
export function binaryArray<Type extends ArrayType>(type: Type, values: readonly (Values[Type] | null)[]): Buffer {
  const { typeId, bytes, write } = encodings[type] as Encoding<Values[Type]>;
  const { length } = values;
  const first = length > 0 ? values[0] : null;
  // By index: iterators of this loop, and of the next one, were a tenth of all that an event took of memory.
  let size = headerBytes + length * lengthBytes;
  let hasNull = false;
  let isSame = true;
  for (let index = 0; index < length; index++) {
    const value = values[index] as Values[Type] | null;
    if (value === null) hasNull = true;
    else size += bytes(value);
    if (value !== first) isSame = false;
  }
  const array = Buffer.allocUnsafe(size);
  const dimensions = 1;
  const firstIndex = 1;
  let at = 0;
  for (const field of [dimensions, Number(hasNull), typeId, length, firstIndex]) at = array.writeInt32BE(field, at);
  // Two thirds of the columns have one value in all rows of a batch: the status, the handler, null.
  const written = isSame ? Math.min(length, 1) : length;
  for (let index = 0; index < written; index++) {
    const value = values[index] as Values[Type] | null;
    if (value === null) at = array.writeInt32BE(lengthOfNull, at);
    else {
      const end = write(array, value, at + lengthBytes);
      array.writeInt32BE(end - at - lengthBytes, at);
      at = end;
    }
  }
  if (at < size) array.fill(array.subarray(headerBytes, at), at);
  return array;
}

/**
 * A statement's rows out of parameters that each hold one column of them: the statement is the same for any number of
 * rows, and the database has nothing to parse, which would be half of the work of writing a row.
 *
 * @param first Number of the parameter that holds the first column.
 */
export function rowsFromArrays(columns: Columns, first: number): string {
  const listed = Object.entries(columns).map(([column, { type }], index) => {
    const parameter = `$${String(first + index)}`;
    // A list of ids goes as text: an array of arrays would be laid flat by `unnest`.
    const values = type === 'uuid[]' ? `unnest(${parameter}::text[])::uuid[]` : `unnest(${parameter}::${type}[])`;
    return `${values} as "${column}"`;
  });
  return `(select ${listed.join(', ')}) as row`;
}

/** The parameters for {@link rowsFromArrays}. */
export function columnArrays<C extends Columns>(columns: C, rows: readonly WrittenRow<C>[]): Buffer[] {
  return Object.entries(columns).map(([column, { type }]) => {
    const values = rows.map((row) => row[column]);
    if (type !== 'uuid[]') return binaryArray(type, values as never[]);
    return binaryArray(
      'text',
      values.map((ids) => `{${(ids as readonly string[]).join()}}`),
    );
  });
}
