import pg from 'pg';

/**
 * Runs a statement on a server's own database, so that what a sandbox's database is set to does not stand in its way.
 */
export async function onServer(databaseUrl: string, statement: string): Promise<void> {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The name of a URL's database. */
export function databaseOf(databaseUrl: string): string {
  return new URL(databaseUrl).pathname.slice(1);
}

/** Sets defaults of a database, for the sessions that begin from now on. */
export async function setDefaults(databaseUrl: string, defaults: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(defaults)) {
    await onServer(databaseUrl, `alter database ${databaseOf(databaseUrl)} set ${name} = ${value}`);
  }
}

/** Ends the connections to a database, those of the test as well. */
export async function endSessions(databaseUrl: string): Promise<void> {
  await onServer(
    databaseUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${databaseOf(databaseUrl)}'`,
  );
}

/**
 * Makes a database take no writes, as after a fail-over to a standby, or take them again. Ends its connections, as a
 * fail-over does.
 */
export async function closeToWrites(databaseUrl: string, closed: boolean): Promise<void> {
  const database = databaseOf(databaseUrl);
  await onServer(
    databaseUrl,
    `alter database ${database} ${closed ? 'set default_transaction_read_only = on' : 'reset default_transaction_read_only'}`,
  );
}

/** Defaults that change how values are written and statements are read, planned and limited. */
export const hostileDefaults: Readonly<Record<string, string>> = {
  datestyle: `'German'`,
  intervalstyle: `'sql_standard'`,
  timezone: `'Asia/Kathmandu'`,
  extra_float_digits: '-15',
  bytea_output: `'escape'`,
  client_encoding: `'LATIN1'`,
  search_path: `'pg_catalog'`,
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  transform_null_equals: 'on',
  xmloption: `'document'`,
  row_security: 'off',
  default_transaction_isolation: `'serializable'`,
  default_transaction_deferrable: 'on',
  statement_timeout: '250',
  lock_timeout: '1',
  idle_in_transaction_session_timeout: '1',
  jit: 'on',
  enable_indexscan: 'off',
  enable_partition_pruning: 'off',
  role: `'pg_monitor'`,
};
