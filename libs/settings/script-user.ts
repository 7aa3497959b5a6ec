import { readFileSync } from 'node:fs';
import { parser, type Parser } from './parsers.ts';

/** Who scripts run as. */
export interface ScriptUser {
  uid: number;
  gid: number;
  home: string;
}

const highestId = 2 ** 32 - 2;

/**
 * Reads a user: a name of `/etc/passwd`, or numbers like `1001:1001`.
 *
 * @param ownUid Whom the executor runs as; only root can become somebody else.
 */
export function scriptUser(ownUid = process.geteuid?.(), passwd: () => string = readPasswd): Parser<ScriptUser> {
  return parser(
    'a user of this machine, or numbers like 1001:1001; not root, and the executor must be root to become another',
    (value) => {
      const user = byNumbers(value) ?? byName(value, passwd());
      const possible = user && user.uid !== 0 && (ownUid === 0 || ownUid === user.uid);
      return possible ? user : undefined;
    },
  );
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

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
