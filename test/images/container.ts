import type { ImageConfig } from './buildah.ts';

/**
 * What a shell does in a mount namespace of its own before it becomes the service: the image's files can only be read, /tmp is
 * empty, /scripts is a folder of ours, and the process is the image's user, without a capability and any way to get one. It is what
 * an engine does, less the network: servers and targets are on the loopback interface.
 */
const enter = `set -e
root=$1; scripts=$2; directory=$3; uid=$4; gid=$5; shift 5
mount --bind "$root" "$root"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
if [ -d "$root/scripts" ]; then mount --bind -o ro "$scripts" "$root/scripts"; fi
mount -o remount,bind,ro "$root"
exec chroot "$root" /bin/sh -c 'cd "$0" && exec "$@"' "$directory" \
  /usr/bin/setpriv --reuid="$uid" --regid="$gid" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"`;

/** The command that runs something in an image. */
export function inImage(
  root: string,
  { User, WorkingDir }: ImageConfig,
  scripts: string,
  command: readonly string[],
): [string, ...string[]] {
  const [uid = '', gid = ''] = User.split(':');
  const shell = ['sh', '-c', enter, 'enter', root, scripts, WorkingDir, uid, gid];
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
