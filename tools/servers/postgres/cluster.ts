import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Supervisor } from '../../supervisor/supervisor.ts';
import type { ProcessSpec } from '../../supervisor/messages.ts';
import { logTail } from '../../process/log-tail.ts';
import { ServerDiedError } from '../server-error.ts';
import type { Account } from './account.ts';

export const superuser = 'provisor';

export interface Cluster {
  supervisor: Supervisor;
  /** Holds the data folder and the log. */
  folder: string;
  initdb: string;
  account: Account | undefined;
  password: string;
  ephemeral: boolean;
}

/**
 * Makes a PostgreSQL data folder unless there is one, and returns its path. It gets its name only when it is complete,
 * so one that was interrupted is never taken for data.
 *
 * @throws ServerDiedError when initdb fails, with what it said
 */
export async function ensureCluster(cluster: Cluster): Promise<string> {
  const { folder, account, password } = cluster;
  const data = join(folder, 'data');
  await mkdir(folder, { recursive: true });
  if (account) await chown(folder, account.uid, account.gid);
  if (await stat(data).catch(() => undefined)) return data;

  const unfinished = join(folder, 'data.unfinished');
  const passwordFile = join(folder, 'password');
  await rm(unfinished, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  try {
    await runInitdb(cluster, [
      `--pgdata=${unfinished}`,
      `--pwfile=${passwordFile}`,
      `--username=${superuser}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
      ...(cluster.ephemeral ? ['--no-sync'] : []),
    ]);
  } finally {
    await rm(passwordFile);
  }
  await rename(unfinished, data);
  return data;
}

async function runInitdb({ supervisor, folder, initdb, account }: Cluster, args: string[]): Promise<void> {
  const log = join(folder, 'initdb.log');
  const kept = await supervisor.spawn({
    ...asAccount('initdb', folder, account, [initdb, ...args]),
    output: { file: log },
  });
  const exit = await kept.exited;
  if (exit.code !== 0) throw new ServerDiedError('initdb', exit, log, await logTail(log));
}

/** How to run one of PostgreSQL's programs under an account. */
export function asAccount(
  name: string,
  cwd: string,
  account: Account | undefined,
  command: string[],
): Omit<ProcessSpec, 'output'> {
  const [program = '', ...args] = [...(account?.prefix ?? []), ...command];
  return {
    name,
    command: program,
    args,
    cwd,
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', TZ: 'UTC' },
    ...(account?.prefix.length === 0 && { uid: account.uid, gid: account.gid }),
    stopSignal: 'SIGINT', // "Fast" shutdown: does not wait for clients to leave.
    graceMs: 20_000,
  };
}
