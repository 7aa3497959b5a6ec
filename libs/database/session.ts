import pg from 'pg';
import { ReadOnlyDatabase, UnsuitableSession } from './database-trouble.ts';

/**
 * How long a transaction may be left lying about before the database ends it, milliseconds. A process that is paused in
 * the middle of one keeps its locks, for which the journals of all others would wait. Less than a lease lasts; between
 * two statements of ours lie milliseconds.
 */
export const abandonedTransactionMs = 10_000;

/** Longer than this, and a connection that does not answer its first statement is given up. */
const firstAnswerMs = 5_000;

/** How the planner goes about the statements of a session. */
export type Planning = 'freely' | 'by-index';

/**
 * What statements and the reading of their answers rely on. A database or a login may have other defaults (`alter
 * database … set`, `alter role … set`), so each session sets these values. Settings that an older PostgreSQL does not
 * know are omitted. `default_transaction_read_only` is not set: an administrator who sets it wants no writes.
 */
const reliedOn: Readonly<Record<string, string>> = {
  // First, since it brings the settings of no other role with it, but decides what the rest is done as.
  role: 'none',
  // How values are written: node-postgres reads these forms only.
  client_encoding: 'UTF8',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  // How statements are read.
  search_path: 'public, pg_temp',
  standard_conforming_strings: 'on',
  backslash_quote: 'safe_encoding',
  array_nulls: 'on',
  transform_null_equals: 'off',
  xmloption: 'content',
  row_security: 'on',
  // What a transaction is, and how long it may take.
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  statement_timeout: '0',
  lock_timeout: '0',
  transaction_timeout: '0',
  idle_session_timeout: '0',
  idle_in_transaction_session_timeout: String(abandonedTransactionMs),
  // How soon the server notices that we are gone, or cannot be reached, and gives up locks and statements of ours.
  client_connection_check_interval: '5s',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '25000',
  // What the planner may do. What the statements look for they find in a few milliseconds: compiling a plan, or
  // starting workers for it, takes many times as long, and is what the planner does when a journal of many days makes a
  // plan look expensive.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  plan_cache_mode: 'auto',
  constraint_exclusion: 'partition',
  enable_partition_pruning: 'on',
  enable_indexscan: 'on',
  enable_indexonlyscan: 'on',
  enable_tidscan: 'on',
  enable_nestloop: 'on',
  enable_hashjoin: 'on',
  enable_mergejoin: 'on',
  enable_sort: 'on',
  enable_incremental_sort: 'on',
  enable_hashagg: 'on',
  enable_material: 'on',
  enable_memoize: 'on',
};

/**
 * The executor's statements ask for what has an index, and are planned once. Of a day that has just begun, or of an
 * empty slow lane, the planner knows nothing, and takes a plan that reads all of it; that plan is kept while millions
 * of rows come, until they are analyzed.
 */
const planningSettings: Record<Planning, Readonly<Record<string, string>>> = {
  freely: { enable_seqscan: 'on', enable_bitmapscan: 'on' },
  'by-index': { enable_seqscan: 'off', enable_bitmapscan: 'off' },
};

/** Everything that a session of ours sets, by name. */
export function sessionSettings(planning: Planning): Readonly<Record<string, string>> {
  return { ...reliedOn, ...planningSettings[planning] };
}

// Long values are compressed with LZ4 where the server was built with it. PostgreSQL's own method takes ten times as
// long for a body of 64 kB, and three times for 4 kB.
//
// `pg_catalog` by name, since a search path may hide it. Triggers, without which executors do not hear of a changed
// handler and the audit can be changed, are switched off by a setting that only a superuser may change.
const prepareStatement = `
  select pg_catalog.pg_is_in_recovery() as "isStandby", pg_catalog.current_setting('transaction_read_only')::pg_catalog.bool as "isReadOnly",
    case when pg_catalog.current_setting('is_superuser') = 'on' then pg_catalog.set_config('session_replication_role', 'origin', false)
      else pg_catalog.current_setting('session_replication_role') end as "replicationRole",
    (select pg_catalog.count(pg_catalog.set_config(name, value, false))
      from pg_catalog.json_each_text($1) as wanted (name, value)
      where pg_catalog.current_setting(name, true) operator(pg_catalog.<>) value),
    (select pg_catalog.set_config(name, 'lz4', false)
      from pg_catalog.pg_settings
      where name operator(pg_catalog.=) 'default_toast_compression' and 'lz4' operator(pg_catalog.=) any (enumvals))`;

const writableStatement = `
  select pg_catalog.pg_is_in_recovery() as "isStandby", pg_catalog.current_setting('transaction_read_only')::pg_catalog.bool as "isReadOnly"`;

interface ServerState {
  isStandby: boolean;
  isReadOnly: boolean;
}

/**
 * Makes a new connection one of ours: sets in the session what the statements rely on. By a statement and not by start
 * parameters, which PgBouncer refuses.
 *
 * @throws {ReadOnlyDatabase} When the server takes no writes: such a connection must not be kept until the server takes
 * them again.
 * @throws {UnsuitableSession} When the session would not be what the statements rely on.
 */
export async function prepareSession(client: pg.ClientBase, planning: Planning): Promise<void> {
  const values = [JSON.stringify(sessionSettings(planning))];
  const query = { text: prepareStatement, values, limitMs: firstAnswerMs };
  const { rows } = await client.query<ServerState & { replicationRole: string }>(query);
  refuseReadOnly(rows[0]!);
  const { replicationRole } = rows[0]!;
  if (replicationRole !== 'origin') throw new UnsuitableSession(withoutTriggers(replicationRole));
}

function withoutTriggers(value: string): string {
  return (
    `no trigger runs in the sessions of this login: session_replication_role is ${value}; ` +
    'reset it, for the login with "alter role … reset session_replication_role", or for the database with "alter database …"'
  );
}

/**
 * Asks whether a session may write.
 *
 * @param limitMs How long the answer may take, milliseconds.
 * @throws {ReadOnlyDatabase}
 */
export async function assertWritable(client: pg.ClientBase, limitMs: number): Promise<void> {
  const query = { text: writableStatement, limitMs };
  const { rows } = await client.query<ServerState>(query);
  refuseReadOnly(rows[0]!);
}

function refuseReadOnly({ isStandby, isReadOnly }: ServerState): void {
  if (isStandby) throw new ReadOnlyDatabase('PostgreSQL takes no writes: the server is a standby');
  if (isReadOnly) throw new ReadOnlyDatabase('PostgreSQL takes no writes: default_transaction_read_only is on');
}
