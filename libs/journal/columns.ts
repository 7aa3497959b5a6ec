import type { EventStatus, ExecutionStatus, OutcomeKind, Reached, TaskType } from '#contracts';

// The one place for the columns of `events` and `attempts`, beside the schema, with which a test compares it: what
// writes rows, what reads them, and what measures beside them take names, types and values from here.

/** What the driver reads of each type. */
interface Values {
  bigint: bigint;
  boolean: boolean;
  'double precision': number;
  integer: number;
  text: string;
  timestamptz: Date;
  uuid: string;
  'uuid[]': readonly string[];
}

export type ColumnType = keyof Values;

/** A column, and the values that it has. */
export interface Column<Value = unknown> {
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Of the compiler alone. */
  readonly value?: Value;
}

export type Columns = Readonly<Record<string, Column>>;

type ValueOf<C> = C extends Column<infer Value> ? Value : never;

/** A row, as it is read. */
export type Row<C extends Columns> = { readonly [Name in keyof C]: ValueOf<C[Name]> };

/** A row, as it is written: times are milliseconds since 1970. */
export type WrittenRow<C extends Columns> = {
  readonly [Name in keyof C]: Exclude<ValueOf<C[Name]>, Date> | (Date extends ValueOf<C[Name]> ? number : never);
};

/** Makes a column; a narrower set of values may be named. */
function of<Type extends ColumnType>(type: Type) {
  return <Value extends Values[Type] = Values[Type]>(): Column<Value> => ({ type, nullable: false });
}

function orNull<Value>({ type }: Column<Value>): Column<Value | null> {
  return { type, nullable: true };
}

const boolean = of('boolean')();
const id = of('uuid')();
const integer = of('integer')();
const text = of('text');
const time = of('timestamptz')();

/** Of `events`. What each means stands in the schema. */
export const eventColumns = {
  id,
  event_id: text(),
  type: text(),
  object_id: text(),
  partition_key: text(),
  status: text<EventStatus>(),
  occurred_at: time,
  received_at: time,
  finished_at: orNull(time),
  revision: integer,
  failed: boolean,
  skipped: of('uuid[]')(),
  disabled: of('uuid[]')(),
  replay_id: orNull(id),
  replay_of: orNull(text()),
  test: boolean,
  traceparent: orNull(text()),
  body: text(),
} satisfies Columns;

/** Of `events` as well, and written when an event is resumed. */
export const laterEventColumns = { resume_id: orNull(id) } satisfies Columns;

/** Of `event_values`. What each means stands in the schema. */
export const eventValueColumns = { hash: of('bigint')(), id } satisfies Columns;

/** Of `attempts`. What each means stands in the schema. */
export const attemptColumns = {
  id,
  execution_id: id,
  event_id: text(),
  event_type: text(),
  object_id: text(),
  handler_id: id,
  task_type: text<TaskType>(),
  position: integer,
  number: integer,
  counted: boolean,
  outcome: text<OutcomeKind>(),
  reason: orNull(text()),
  message: orNull(text()),
  reached: text<Reached>(),
  status: text<ExecutionStatus>(),
  next_attempt_at: orNull(time),
  response: text(),
  kept: orNull(text()),
  started_at: time,
  duration_ms: of('double precision')(),
  revision: integer,
  replay_id: orNull(id),
  test: boolean,
  executor_id: id,
} satisfies Columns;

/** A row of `events`, as it is read. */
export type EventRecord = Row<typeof eventColumns>;
/** A row of `attempts`, as it is read. */
export type AttemptRecord = Row<typeof attemptColumns>;

/** Names of columns for a list of them in a statement. */
export function columnList(names: readonly string[], table?: string): string {
  const prefix = table === undefined ? '' : `${table}.`;
  return names.map((name) => `${prefix}"${name}"`).join(', ');
}

/** Columns of events that a statement asks for; the row that it gets is a {@link Pick} of {@link EventRecord}. */
export function ofEvents<const Names extends readonly (keyof EventRecord)[]>(...names: Names): Names {
  return names;
}

/** As {@link ofEvents}, of {@link AttemptRecord}. */
export function ofAttempts<const Names extends readonly (keyof AttemptRecord)[]>(...names: Names): Names {
  return names;
}
