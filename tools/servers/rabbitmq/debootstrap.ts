import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { ServerUnavailableError } from '../server-error.ts';
import { aptInstall, canUseApt } from './apt.ts';
import { findProgram } from './program.ts';

/**
 * Makes a folder with a Debian in it: what every Debian has, and one package.
 *
 * @param folder is not there yet; the one around it is
 * @throws ServerUnavailableError when there is no debootstrap and none can be installed, or with what it said when it
 * failed
 */
export async function debootstrap(
  folder: string,
  { release, include, log }: { release: string; include: string; log: (line: string) => void },
): Promise<void> {
  const program = (await findProgram('debootstrap')) ?? (await installDebootstrap(log));
  // It cannot do with a path that has spaces.
  const detour = await mkdtemp(join(tmpdir(), 'provisor-root-'));
  try {
    await symlink(dirname(folder), join(detour, 'cache'));
    const target = join(detour, 'cache', basename(folder));
    const made = await execa(program, ['--variant=minbase', `--include=${include}`, release, target], {
      stdin: 'ignore',
      all: true,
      reject: false,
    });
    if (made.failed)
      throw new ServerUnavailableError(`debootstrap failed:\n${made.all.split('\n').slice(-20).join('\n')}`, {
        cause: made.cause,
      });
  } finally {
    await rm(detour, { recursive: true, force: true });
  }
}

async function installDebootstrap(log: (line: string) => void): Promise<string> {
  if (await canUseApt()) await aptInstall(['debootstrap'], log);
  const installed = await findProgram('debootstrap');
  if (installed) return installed;
  throw new ServerUnavailableError('A folder with a Debian in it is made by debootstrap: install that.');
}
