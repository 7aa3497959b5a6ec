import { join } from 'node:path';
import { ensureDebianRoot } from './debian-root.ts';
import { startNode, startPortMapper, type PrivateRabbitmq, type PrivateRabbitmqOptions } from './node.ts';

/**
 * What a shell does in a mount namespace of its own before it becomes the command: the system's folders, an empty /tmp
 * and our data appear in the root, the data where it is outside. Nothing has to be unmounted, however the process ends:
 * the mounts are seen by it alone, and go with it.
 */
const enter = `set -e
root=$1; data=$2; shift 2
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
mkdir -p "$root$data"
mount --bind "$data" "$root$data"
exec chroot "$root" sh -c 'cd "$0" && exec "$@"' "$data" "$@"`;

/** Starts RabbitMQ 4 out of a Debian root. */
export async function startRabbitmq4(cacheDir: string, options: PrivateRabbitmqOptions): Promise<PrivateRabbitmq> {
  const root = await ensureDebianRoot(cacheDir, options.log);
  const folder = join(options.dataDir, 'rabbitmq');
  const inside = (program: string): [string, ...string[]] => [
    ...(['unshare', '--mount', '--propagation', 'private'] as const),
    ...['sh', '-c', enter, 'enter', root, folder, program],
  ];
  await startPortMapper(options, folder, inside('/usr/bin/epmd'));
  const command = inside('/usr/lib/rabbitmq/bin/rabbitmq-server');
  return startNode({ ...options, name: 'rabbitmq', folder, command });
}
