import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findFreePort } from '../../../tools/servers/ports.ts';
import { PrivateServer } from '../../../tools/servers/private-server.ts';
import type { Supervisor } from '../../../tools/supervisor/supervisor.ts';

const suffix = 'dc=provisor,dc=test';
const readyTimeoutMs = 20_000;

export interface PrivateSlapd {
  readonly server: PrivateServer;
  readonly url: string;
  readonly rootDn: string;
  readonly password: string;
  readonly base: string;
  /** The attributes of an entry, or undefined where there is none. */
  entry(uid: string): Promise<Record<string, string[]> | undefined>;
}

/** Starts an OpenLDAP on a port and in a folder of its own, with an empty branch for clients. */
export async function startSlapd(supervisor: Supervisor, program: string): Promise<PrivateSlapd> {
  const folder = join(supervisor.dataDir, 'slapd');
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  const url = `ldap://127.0.0.1:${await findFreePort()}`;
  const rootDn = `cn=admin,${suffix}`;
  const password = 'a password with "quotes" & spaces';
  const base = `ou=clients,${suffix}`;
  const configuration = join(folder, 'slapd.conf');
  await writeFile(configuration, configurationOf({ folder, data, rootDn, password }), { mode: 0o600 });
  const logFile = join(folder, 'slapd.log');
  const login = ['-x', '-H', url, '-D', rootDn, '-w', password];
  const server = new PrivateServer({
    supervisor,
    spec: {
      name: 'slapd',
      command: program,
      args: ['-f', configuration, '-h', `${url}/`, '-d', '0'],
      env: { PATH: process.env['PATH'] },
      cwd: folder,
      output: { file: logFile },
      stopSignal: 'SIGTERM',
      graceMs: 5_000,
    },
    logFile,
    isReady: async () => {
      const { exitCode } = await execa('ldapsearch', [...login, '-b', '', '-s', 'base'], { reject: false });
      return exitCode === 0 || undefined;
    },
    readyTimeoutMs,
    onDeath: () => {},
  });
  await server.start();
  await execa('ldapadd', login, { input: tree(base) });
  return {
    server,
    url,
    rootDn,
    password,
    base,
    async entry(uid) {
      const args = [...login, '-LLL', '-o', 'ldif-wrap=no', '-b', base, '-s', 'one', `(uid=${filterValue(uid)})`];
      const { stdout } = await execa('ldapsearch', args);
      return stdout === '' ? undefined : attributesIn(stdout);
    },
  };
}

/** RFC 4515. */
function filterValue(text: string): string {
  return Buffer.from(text).reduce((all, octet) => `${all}\\${octet.toString(16).padStart(2, '0')}`, '');
}

/** Of LDIF, in which a value that is not plain text comes in base64. */
function attributesIn(ldif: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [, name, colons, value] of ldif.matchAll(/^(\w+)(::?) (.*)$/gm)) {
    const text = colons === '::' ? Buffer.from(value!, 'base64').toString() : value!;
    (found[name!] ??= []).push(text);
  }
  return found;
}

function configurationOf(places: { folder: string; data: string; rootDn: string; password: string }): string {
  return `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile ${places.folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix "${suffix}"
rootdn "${places.rootDn}"
rootpw "${places.password.replaceAll('"', '\\"')}"
directory ${places.data}
maxsize 16777216
dbnosync
`;
}

function tree(base: string): string {
  return `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\ndc: provisor\no: test\n
dn: ${base}\nobjectClass: organizationalUnit\nou: clients\n`;
}
