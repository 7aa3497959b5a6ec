import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { findFreePort } from '../../tools/servers/ports.ts';
import { aptInstall, canUseApt } from '../../tools/servers/rabbitmq/apt.ts';
import { findProgram } from '../../tools/servers/rabbitmq/program.ts';
import { eventually } from './eventually.ts';

/** PgBouncer in front of the databases of a test run, for one test file. */
export interface PrivatePgbouncer {
  /** The URL of a database as it is reached through PgBouncer. */
  through(url: string): string;
  stop(): Promise<void>;
}

const log = (line: string): void => void process.stdout.write(`${line}\n`);

/** Debian's package, where this process may install it. Its service is not started: the tests have their own. */
async function install(): Promise<string | undefined> {
  if (!(await canUseApt())) return undefined;
  await aptInstall(['pgbouncer'], log);
  return findProgram('pgbouncer');
}

const program = (await findProgram('pgbouncer')) ?? (await install());

/** Whether {@link startPrivatePgbouncer} can start one. */
export const privatePgbouncerIsPossible = program !== undefined;

/**
 * Starts PgBouncer on a port of its own, in front of the servers of some URLs, with its defaults but for the mode.
 *
 * @param urls With the logins that it is to let in. All are of one server.
 */
export async function startPrivatePgbouncer(
  mode: 'session' | 'transaction',
  urls: readonly string[],
): Promise<PrivatePgbouncer> {
  if (program === undefined) throw new Error('there is no pgbouncer');
  const folder = mkdtempSync(join(tmpdir(), 'provisor-pgbouncer-'));
  const port = await findFreePort();
  const logins = urls.map((url) => new URL(url));
  const users = logins.map(
    ({ username, password }) => `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"`,
  );
  const { hostname, port: serverPort } = logins[0]!;
  writeFileSync(join(folder, 'users.txt'), `${[...new Set(users)].join('\n')}\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    [
      '[databases]',
      `* = host=${hostname} port=${serverPort}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${join(folder, 'users.txt')}`,
      `pool_mode = ${mode}`,
      '',
    ].join('\n'),
  );
  // It refuses to be root, and the account that it becomes has to read these.
  chmodSync(folder, 0o755);
  const account = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const bouncer = execa(program, [...account, join(folder, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    reject: false,
  });
  const ended = new AbortController();
  void bouncer.then(({ stderr }) => ended.abort(new Error(`pgbouncer has ended:\n${stderr}`)));
  const stop = async (): Promise<void> => {
    bouncer.kill('SIGKILL');
    await bouncer;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await eventually(async () => {
      ended.signal.throwIfAborted();
      return (await listens(port)) || undefined;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    through(url) {
      const changed = new URL(url);
      changed.hostname = '127.0.0.1';
      changed.port = String(port);
      return changed.href;
    },
    stop,
  };
}

async function listens(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
