import pg from 'pg';
import { schemaVersion } from './migrations.ts';

export type { Pool, PoolClient } from 'pg';

/**
 * How the database is to go about our statements: what they look for they find in a few milliseconds. Compiling a plan, or starting workers
 * for it, takes many times as long, and is what the planner does when a journal of many days makes a plan look expensive.
 */
export const shortStatements = '-c jit=off -c max_parallel_workers_per_gather=0';

/**
 * The executor's statements ask for what has an index, and are planned once. Of a day that has just begun, or of an empty slow lane, the planner
 * knows nothing, and takes a plan that reads all of it; that plan is kept while millions of rows come, until they are analyzed.
 */
const alwaysByIndex = '-c enable_seqscan=off -c enable_bitmapscan=off';

/**
 * How long a transaction may be left lying about before the database ends it, milliseconds. A process that is paused in the
 * middle of one keeps its locks, for which the journals of all others would wait. Less than a lease lasts; between two statements of
 * ours lie milliseconds.
 */
export const abandonedTransactionMs = 10_000;

/** Plain connections to the database, for the executor's statements. */
export function createPool(databaseUrl: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'provisor-executor',
    max: 10,
    connectionTimeoutMillis: 5_000,
    options: `${shortStatements} ${alwaysByIndex}`,
    idle_in_transaction_session_timeout: abandonedTransactionMs,
  });
  // On each connection, not only on idle ones, which is all that the pool listens to: one that breaks while it is in use for a
  // transaction would end the process unheard. A new one takes its place when next needed.
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => {});
  return pool;
}

/** Resolves when the database answers. */
export async function ping(pool: pg.Pool): Promise<void> {
  await pool.query('select 1');
}

/** Whether the registry has brought the schema to what this build needs. */
export async function schemaIsReady(pool: pg.Pool): Promise<boolean> {
  try {
    const found = await pool.query('select 1 from migrations where name = $1', [schemaVersion]);
    return found.rowCount === 1;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === undefinedTable) return false;
    throw error;
  }
}

const undefinedTable = '42P01';

/** Does work in one transaction, on a connection of its own; with what is thrown the transaction is undone. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let done = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    done = true;
    return result;
  } finally {
    // With the connection goes the transaction that failed on it.
    client.release(!done);
  }
}
