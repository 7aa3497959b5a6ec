import path from 'node:path';
import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { permanent, type Outcome } from '../outcome.ts';
import { hasPrivateGroup, ownAccount, type Account } from './private-group.ts';

const root = 0;
const writableByGroup = 0o020;
const writableByAnyone = 0o002;

/**
 * Why a script is not trustworthy, or undefined: users other than root and the executor's user could have written it,
 * or could replace it. The check covers the file and every folder above it, up to and including the allowed one. The
 * administrator who allowed that folder chose what is above it.
 *
 * @param file Its real path.
 * @param folder The real path of an allowed folder above it.
 */
export async function distrust(file: string, folder: string, account = ownAccount()): Promise<Outcome | undefined> {
  if (!account) return undefined;
  for (let place = file; ; place = path.dirname(place)) {
    const fault = faultOf(place, await stat(place), account);
    if (fault || place === folder || place === path.dirname(place)) return fault;
  }
}

function faultOf(place: string, { uid, gid, mode }: Stats, account: Account): Outcome | undefined {
  if (uid !== root && uid !== account.uid) {
    const message = `${place} belongs to user ${uid}, not to root or the executor's user (${account.uid})`;
    return permanent('script_owner', message);
  }
  if ((mode & writableByAnyone) !== 0) {
    return permanent('script_writable_by_others', `${place} can be written by everybody; chmod o-w it`);
  }
  if ((mode & writableByGroup) !== 0 && !(gid === account.gid && hasPrivateGroup(account))) {
    return permanent('script_writable_by_others', `${place} can be written by its group; chmod g-w it`);
  }
  return undefined;
}

/** What is wrong with the folders of SCRIPTS_DIRS, one message for each that scripts cannot be run from as it is. */
export async function folderFaults(folders: readonly string[]): Promise<string[]> {
  const faults = await Promise.all(folders.map(folderFault));
  return faults.filter((fault) => fault !== undefined);
}

async function folderFault(folder: string): Promise<string | undefined> {
  try {
    const real = await realpath(folder);
    if (!(await stat(real)).isDirectory()) return `SCRIPTS_DIRS names ${folder}, which is not a folder`;
    const refused = await distrust(real, real);
    return refused && refused.kind !== 'success' ? `SCRIPTS_DIRS names ${folder}: ${refused.message}` : undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read: ${code ?? message}`;
    return `SCRIPTS_DIRS names ${folder}, which ${what}`;
  }
}
