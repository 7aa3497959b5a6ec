import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ServerUnavailableError } from '../server-error.ts';
import { debootstrap } from './debootstrap.ts';

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

  log(`making a Debian ${release} with RabbitMQ 4 in ${root} (once; half a minute, 370 MB)…`);
  const unfinished = `${root}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(root), { recursive: true });
  await debootstrap(unfinished, { release, include: 'rabbitmq-server', log });
  // Erlang looks up the machine's own name.
  await copyFile('/etc/hosts', join(unfinished, 'etc/hosts'));
  await rename(unfinished, root);
  return root;
}
