import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ServerUnavailableError } from '../server-error.ts';
import { aptInstall, canUseApt } from './apt.ts';
import { findProgram } from './program.ts';

/** The Debian release whose RabbitMQ is of version 4. */
const release = 'trixie';

/**
 * Makes a folder that a process can take for its root (chroot), with RabbitMQ 4 in it, unless there is one. It gets its
 * name only when it is complete. Takes half a minute and 370 MB.
 *
 * @returns its path
 * @throws ServerUnavailableError where that cannot be done; the message says why
 */
export async function ensureDebianRoot(cacheDir: string, log: (line: string) => void): Promise<string> {
  const root = join(cacheDir, `${release}-rabbitmq`);
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new ServerUnavailableError('RabbitMQ 4 from a Debian root needs Linux, and root: for mounts and chroot.');
  }
  if (await stat(root).catch(() => undefined)) return root;
  const debootstrap = (await findProgram('debootstrap')) ?? (await installDebootstrap(log));

  log(`making a Debian ${release} with RabbitMQ 4 in ${root} (once; half a minute, 370 MB)…`);
  const unfinished = `${root}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(root), { recursive: true });
  await bootstrap(debootstrap, unfinished);
  // Erlang looks up the machine's own name.
  await copyFile('/etc/hosts', join(unfinished, 'etc/hosts'));
  await rename(unfinished, root);
  return root;
}

/** By a path without spaces, with which it cannot do. */
async function bootstrap(debootstrap: string, folder: string): Promise<void> {
  const detour = await mkdtemp(join(tmpdir(), 'provisor-root-'));
  try {
    await symlink(dirname(folder), join(detour, 'cache'));
    const target = join(detour, 'cache', basename(folder));
    const made = spawn(debootstrap, ['--variant=minbase', '--include=rabbitmq-server', release, target], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [made.stdout, made.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(made, 'close')) as [number | null];
    if (code !== 0)
      throw new ServerUnavailableError(`debootstrap failed:\n${output.split('\n').slice(-20).join('\n')}`);
  } finally {
    await rm(detour, { recursive: true, force: true });
  }
}

async function installDebootstrap(log: (line: string) => void): Promise<string> {
  if (await canUseApt()) await aptInstall('debootstrap', log);
  const installed = await findProgram('debootstrap');
  if (installed) return installed;
  throw new ServerUnavailableError('RabbitMQ 4 comes from a Debian root, which debootstrap makes: install that.');
}
