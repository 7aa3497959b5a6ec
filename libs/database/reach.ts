import { SessionPool } from './pool.ts';

/**
 * Resolves when a new connection to the database can be made, and takes writes.
 *
 * @param limitMs For the connection, and for its answer, milliseconds.
 * @throws What is in the way.
 */
export async function reach(databaseUrl: string, limitMs: number): Promise<void> {
  const pool = new SessionPool(
    {
      connectionString: databaseUrl,
      application_name: 'provisor-reach',
      max: 1,
      connectionTimeoutMillis: limitMs,
      limitMs,
    },
    'freely',
  );
  // The running statement reports the error.
  pool.on('error', () => {});
  try {
    await pool.assertWritable();
  } finally {
    await pool.end();
  }
}
