import { readFileSync } from 'node:fs';

/** A user, and the group that its files get. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account of this process; undefined where the system has none in this sense. */
export function ownAccount(): Account | undefined {
  const [uid, gid] = [process.geteuid?.(), process.getegid?.()];
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/**
 * Whether a group has its user as the only member. Many systems give each user such a group and make files writable by
 * it (umask 002), which gives no other user access.
 *
 * @param passwd Text of `/etc/passwd`.
 * @param groups Text of `/etc/group`. A group that is stored elsewhere does not count as private.
 */
export function isPrivateGroup({ uid, gid }: Account, passwd: string, groups: string): boolean {
  const users = rows(passwd).filter((row) => row[3] === String(gid));
  const name = users.find((row) => row[2] === String(uid))?.[0];
  const group = rows(groups).find((row) => row[2] === String(gid));
  if (name === undefined || group === undefined || users.length > 1) return false;
  const members = (group[3] ?? '').split(',').filter((member) => member !== '');
  return members.every((member) => member === name);
}

/** {@link isPrivateGroup} of this process, by the files of this machine. */
export function hasPrivateGroup(account: Account): boolean {
  try {
    return isPrivateGroup(account, readFileSync('/etc/passwd', 'utf8'), readFileSync('/etc/group', 'utf8'));
  } catch {
    return false;
  }
}

function rows(text: string): string[][] {
  return text.split('\n').map((line) => line.split(':'));
}
