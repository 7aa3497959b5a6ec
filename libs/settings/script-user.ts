import { readFileSync } from 'node:fs';
import { parser, type Parser } from './parsers.ts';

/** Who scripts run as. */
export interface ScriptUser {
  uid: number;
  gid: number;
  home: string;
}

/** The executor's user, and whether it can run and end programs as another user. */
export interface OwnUser {
  uid: number | undefined;
  changesUser: boolean;
}

const highestId = 2 ** 32 - 2;
/** `CAP_KILL`, `CAP_SETGID` and `CAP_SETUID` of capabilities(7). */
const changingUser = (1n << 5n) | (1n << 6n) | (1n << 7n);

/** Reads a user: a name of `/etc/passwd`, or numbers like `1001:1001`. */
export function scriptUser(own = ownUser(), passwd: () => string = readPasswd): Parser<ScriptUser> {
  return parser(
    'a user of this machine, or numbers like 1001:1001; not root. ' +
      'To run scripts as another user the executor needs the capabilities SETUID, SETGID and KILL',
    (value) => {
      const user = byNumbers(value) ?? byName(value, passwd());
      const possible = user && user.uid !== 0 && (own.changesUser || own.uid === user.uid);
      return possible ? user : undefined;
    },
  );
}

/**
 * The user of this process. On Linux, root without the capabilities, as in a container that drops them, cannot switch
 * users, and another user with them can.
 *
 * @param status Text of `/proc/self/status`; empty where there is none.
 */
export function ownUser(uid = process.geteuid?.(), status = readText('/proc/self/status')): OwnUser {
  const effective = /^CapEff:\t([0-9a-f]+)$/m.exec(status)?.[1];
  const changesUser = effective === undefined ? uid === 0 : (BigInt(`0x${effective}`) & changingUser) === changingUser;
  return { uid, changesUser };
}

function byNumbers(value: string): ScriptUser | undefined {
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(value) ?? [];
  if (uid === undefined || gid === undefined || Math.max(Number(uid), Number(gid)) > highestId) return undefined;
  return { uid: Number(uid), gid: Number(gid), home: '/' };
}

function byName(name: string, passwd: string): ScriptUser | undefined {
  const row = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find((columns) => columns.length > 5 && columns[0] === name);
  return row && { uid: Number(row[2]), gid: Number(row[3]), home: row[5] ?? '/' };
}

const readPasswd = () => readText('/etc/passwd');

/** Empty where the system has no such file. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
