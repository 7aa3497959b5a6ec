import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findFreePort } from '../../../tools/servers/ports.ts';
import { PrivateServer } from '../../../tools/servers/private-server.ts';
import type { Supervisor } from '../../../tools/supervisor/supervisor.ts';

const readyTimeoutMs = 30_000;
/** Who uses it: the recipe, with a password that percent-encoding is for, and the server, which does not decode it. */
const users = { recipe: `p@ss/w#rd?%"'x`, server: 'plain' } as const;

/** A MariaDB of our own, with what can happen to it. */
export interface PrivateMariadb {
  readonly server: PrivateServer;
  /** Address of a database for a user who is no administrator: `mysql://…`. */
  url(user: keyof typeof users, database: string): string;
  /** Runs SQL as administrator; the rows, tab-separated. */
  query(sql: string, database?: string): Promise<string[]>;
  /** Starts it again, with more room on its disk. */
  enlarge(): Promise<void>;
}

/**
 * Starts a MariaDB on a port and in a folder of its own. All its tables share one file, which may grow to a few
 * megabytes: so it can be filled up.
 */
export async function startMariadb(supervisor: Supervisor, databases: readonly string[]): Promise<PrivateMariadb> {
  const folder = join(supervisor.dataDir, 'mariadb');
  const data = join(folder, 'data');
  await mkdir(folder, { recursive: true });
  const settingsFile = join(folder, 'my.cnf');
  const configure = (maxMib: number): Promise<void> =>
    writeFile(settingsFile, `[mariadbd]\ninnodb-data-file-path = ibdata1:12M:autoextend:max:${maxMib}M\n`);
  await configure(16);
  const options = [
    `--defaults-file=${settingsFile}`,
    `--datadir=${data}`,
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    '--innodb-file-per-table=0',
    '--innodb-log-file-size=4M',
    '--innodb-flush-log-at-trx-commit=0',
    '--max-user-connections=50', // Without any limit it could not be changed later.
  ];
  await execa('mariadb-install-db', [...options, '--auth-root-authentication-method=normal', '--skip-test-db']);
  const port = await findFreePort();
  const socket = join(folder, 'socket');
  const logFile = join(folder, 'mariadb.log');
  const query = async (sql: string, database = ''): Promise<string[]> => {
    const client = ['--no-defaults', `--socket=${socket}`, '--user=root', '--batch', '--skip-column-names', database];
    const { stdout } = await execa('mariadb', client, { input: sql });
    return stdout.split('\n').filter((line) => line !== '');
  };
  const server = new PrivateServer({
    supervisor,
    spec: {
      name: 'mariadb',
      command: 'mariadbd',
      args: [...options, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${socket}`, '--skip-name-resolve'],
      env: { PATH: process.env['PATH'] },
      cwd: folder,
      output: { file: logFile },
      stopSignal: 'SIGTERM',
      graceMs: 10_000,
    },
    logFile,
    isReady: async () => {
      const answer = await query('select 1').catch(() => undefined);
      return answer?.[0] === '1' || undefined;
    },
    readyTimeoutMs,
    onDeath: () => {},
  });
  await server.start();
  for (const name of databases) await query(`create database ${name} character set utf8mb4`);
  for (const [user, password] of Object.entries(users)) {
    await query(`create user ${user}@'127.0.0.1' identified by '${password.replaceAll("'", "''")}'`);
    for (const name of databases) await query(`grant all on ${name}.* to ${user}@'127.0.0.1'`);
  }
  return {
    server,
    url: (user, database) => `mysql://${user}:${encodeURIComponent(users[user])}@127.0.0.1:${port}/${database}`,
    query,
    async enlarge() {
      await server.kill();
      await configure(64);
      await server.start();
    },
  };
}
