import type { ImageConfig } from './buildah.ts';

/**
 * What a shell does in a mount namespace of its own before it becomes the service: the image's files can only be read,
 * /tmp is empty, /scripts is a folder of ours, what the executor puts aside is somewhere else, and the process is the
 * image's user, without a capability and any way to get others than those given. It is what an engine does, less the
 * network: servers and targets are on the loopback interface.
 */
const enter = `set -e
root=$1; scripts=$2; directory=$3; uid=$4; gid=$5; rights=$6; shift 6
mount --bind "$root" "$root"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
if [ -d "$root/scripts" ]; then mount --bind -o ro "$scripts" "$root/scripts"; fi
if [ -d "$root/var/lib/provisor/spill" ]; then
  mount -t tmpfs -o mode=777 tmpfs "$root/var/lib/provisor/spill"
fi
mount -o remount,bind,ro "$root"
exec chroot "$root" /bin/sh -c 'cd "$0" && exec "$@"' "$directory" \
  /usr/bin/setpriv --reuid="$uid" --regid="$gid" --clear-groups --inh-caps=-all $rights "$@"`;

/**
 * The command that runs something in an image.
 *
 * @param capabilities Those that a file of the image may give, like `kill`.
 */
export function inImage(
  root: string,
  { User, WorkingDir }: ImageConfig,
  scripts: string,
  command: readonly string[],
  capabilities: readonly string[] = [],
): [string, ...string[]] {
  const [uid = '', gid = ''] = User.split(':');
  const given = capabilities.map((name) => `,+${name}`).join('');
  // As the files for production do it: only who takes capabilities from a file goes without no-new-privileges.
  const rights = `--bounding-set=-all${given}${given === '' ? ' --no-new-privs' : ''}`;
  const shell = ['sh', '-c', enter, 'enter', root, scripts, WorkingDir, uid, gid, rights];
  return ['unshare', '--mount', '--propagation', 'private', ...shell, ...command];
}

/** The environment of an image, and what is added to it. */
export function environmentOf({ Env }: ImageConfig, added: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = {};
  for (const line of Env) {
    const [name = '', ...value] = line.split('=');
    own[name] = value.join('=');
  }
  return { ...own, ...added };
}
