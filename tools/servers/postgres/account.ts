import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execaSync } from 'execa';
import { ServerUnavailableError } from '../server-error.ts';

/** The account that PostgreSQL runs under, when it cannot be our own: PostgreSQL refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
  /** What to put before a command; with it, `uid` and `gid` must not be given to `spawn` as well. */
  prefix: string[];
}

/**
 * Finds an account that can run `program` and reach `folder`; undefined when we are not root and need none.
 *
 * As root the clone often lies where only root may go (`/root`, a folder made by `mktemp -d`). Another account then
 * needs the right to pass (CAP_DAC_OVERRIDE), which `setpriv` of util-linux can leave it; PostgreSQL asks only that the
 * user is not root.
 *
 * @throws ServerUnavailableError when there is no such account
 */
export async function findAccount(program: string, folder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = await unprivilegedUser();
  const barred = (await findBarredFolder(program)) ?? (await findBarredFolder(folder));
  if (!barred) return { uid, gid, prefix: [] };
  const options = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    // Otherwise access(2), with which PostgreSQL checks its own programs, ignores the capabilities of users other than
    // root.
    '--securebits=+no_setuid_fixup',
  ];
  if (execaSync('setpriv', [...options, 'test', '-x', program], { reject: false }).exitCode === 0) {
    return { uid, gid, prefix: ['setpriv', ...options] };
  }
  throw new ServerUnavailableError(
    `PostgreSQL does not run as root, and other users may not enter ${barred}, nor does setpriv (util-linux) help here. ` +
      'Move the clone to a folder that others may enter, run as another user, or give DATABASE_URL.',
  );
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const found = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (!found) {
    throw new ServerUnavailableError(
      'PostgreSQL does not run as root, and there is no user "postgres" or "nobody": give DATABASE_URL.',
    );
  }
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/** The first folder on the way up from a path that others than its owner may not enter. */
async function findBarredFolder(path: string): Promise<string | undefined> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
