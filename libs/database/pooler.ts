import type pg from 'pg';
import { isRefusedParameter, UnsuitableSession } from './database-trouble.ts';
import { SessionPool } from './pool.ts';

const backend = 'select pg_catalog.pg_backend_pid() as pid';

/**
 * Finds out whether each connection is a session of its own: prepared statements, advisory locks and settings are lost,
 * or met by others, where a pooler gives each transaction another session.
 *
 * @throws {UnsuitableSession}
 */
export async function assertOwnSessions(databaseUrl: string): Promise<void> {
  const config = {
    connectionString: databaseUrl,
    application_name: 'provisor-start',
    max: 2,
  };
  const pool = new SessionPool(config, 'freely');
  // The running statement reports the error.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await compareSessions(pool);
  } catch (error) {
    throw isRefusedParameter(error) ? refusal(error as Error) : error;
  } finally {
    await pool.end();
  }
}

async function compareSessions(pool: pg.Pool): Promise<void> {
  const first = await pool.connect();
  try {
    const before = await pidOf(first);
    const second = await pool.connect();
    try {
      // The transaction keeps whatever session a pooler gives it, most likely the one that has just become free.
      await second.query('begin');
      const other = await pidOf(second);
      if (other === before || (await pidOf(first)) !== before) throw new UnsuitableSession(sharedSessions);
    } finally {
      second.release(true);
    }
  } finally {
    first.release(true);
  }
}

async function pidOf(client: pg.ClientBase): Promise<number> {
  // Where a pooler has no second session to give, the first waits for the end of the transaction.
  const { rows } = await client.query<{ pid: number }>({ text: backend, limitMs: 5_000 } as pg.QueryConfig);
  return rows[0]!.pid;
}

const sharedSessions =
  'the connection pooler in front of PostgreSQL gives each transaction another session, in which prepared statements, locks and ' +
  'settings are lost: set pool_mode = session in PgBouncer for this database, or connect to PostgreSQL directly';

function refusal(error: Error): UnsuitableSession {
  const hint =
    'take the parameter out of the database URL, or name it in ignore_startup_parameters of PgBouncer; the services need none';
  return new UnsuitableSession(`the connection pooler refuses a connection (${error.message}): ${hint}`);
}
