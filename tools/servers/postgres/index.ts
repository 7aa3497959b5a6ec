import { join } from 'node:path';
import pg from 'pg';
import type { Supervisor } from '../../supervisor/supervisor.ts';
import type { Endpoints } from '../endpoints.ts';
import { PrivateServer, type PrivateServerOptions } from '../private-server.ts';
import { findAccount, type Account } from './account.ts';
import { findPostgresBinaries, type PostgresBinaries } from './binaries.ts';
import { asAccount, ensureCluster, superuser } from './cluster.ts';
import { ensureLogins, type ServiceDatabaseUrls } from './logins.ts';

export interface PrivatePostgresOptions {
  supervisor: Supervisor;
  dataDir: string;
  endpoints: Endpoints;
  ephemeral: boolean;
  onDeath: PrivateServerOptions['onDeath'];
  /** In place of those that are found. */
  binaries?: PostgresBinaries;
  /** Gives further settings, and prepares files for them that belong to the server's account (undefined: ours). */
  prepare?: (account: Account | undefined) => Promise<Record<string, string>>;
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // Their paths are limited to about 100 characters, and no program needs one.
  max_connections: 300,
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * Data that is thrown away need not survive a crash of the machine. The server itself can still be killed and lose
 * nothing: a commit waits until the system has it (`synchronous_commit`), if not the disk.
 */
const forThrowawayData = { fsync: 'off', full_page_writes: 'off' };

/**
 * Starts a PostgreSQL of our own, and makes the database `provisor` and the services' logins in it.
 */
export async function startPrivatePostgres(
  options: PrivatePostgresOptions,
): Promise<{ server: PrivateServer; url: string; serviceUrls: ServiceDatabaseUrls }> {
  const { supervisor, ephemeral, onDeath } = options;
  const { postgresPassword: password, ports } = options.endpoints;
  const port = ports.postgres;
  const folder = join(options.dataDir, 'postgres');
  const { initdb, postgres } = options.binaries ?? (await findPostgresBinaries());
  const account = await findAccount(postgres, folder);
  const data = await ensureCluster({ supervisor, folder, initdb, account, password, ephemeral });

  const logFile = join(folder, 'postgres.log');
  const further = await options.prepare?.(account);
  const given = Object.entries({ port, ...settings, ...further, ...(ephemeral && forThrowawayData) });
  const command = [postgres, '-D', data, ...given.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const url = (database: string) => `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
  const server = new PrivateServer({
    supervisor,
    spec: { ...asAccount('postgres', folder, account, command), output: { file: logFile } },
    logFile,
    isReady: () => answers(url('postgres')),
    readyTimeoutMs: 60_000,
    onDeath,
  });
  await server.start();
  await ensureDatabase(url('postgres'), 'provisor');
  const serviceUrls = await ensureLogins(url('provisor'));
  return { server, url: url('provisor'), serviceUrls };
}

async function answers(url: string): Promise<true | undefined> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return undefined; // Refused or "starting up"; if it stays so, the server's log says why.
  } finally {
    await client.end();
  }
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
