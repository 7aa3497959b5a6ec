import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findFreePort } from '../../../tools/servers/ports.ts';
import { PrivateServer } from '../../../tools/servers/private-server.ts';
import type { Supervisor } from '../../../tools/supervisor/supervisor.ts';
import { selfSigned } from '../../../services/executor/src/call/http/testing/self-signed.ts';

const suffix = 'dc=provisor,dc=test';
const readyTimeoutMs = 20_000;
/** Bytes of its database. */
const usualSize = 16_777_216;
const smallSize = 409_600;

export interface PrivateSlapd {
  readonly server: PrivateServer;
  readonly url: string;
  readonly rootDn: string;
  readonly password: string;
  /** A branch for people by `uid`, and one with another form of name. */
  readonly base: string;
  readonly otherBase: string;
  /** The file of the authority that has signed its certificate, for StartTLS. */
  readonly ca: string;
  /** The attributes of an entry below {@link base}, or undefined where there is none. */
  entry(uid: string): Promise<Record<string, string[]> | undefined>;
  /** The same by any attribute, below any branch. */
  find(base: string, attribute: string, value: string): Promise<Record<string, string[]> | undefined>;
  /** Restarts it with less room, and fills that with entries. */
  fill(): Promise<void>;
  /** Restarts it with the usual room. */
  makeRoom(): Promise<void>;
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
  const otherBase = `ou=Kunden+l=Berlin,${suffix}`;
  const configuration = join(folder, 'slapd.conf');
  const ca = join(folder, 'certificate.pem');
  await writeFile(ca, selfSigned.cert);
  await writeFile(join(folder, 'key.pem'), selfSigned.key, { mode: 0o600 });
  const configure = (maxSize: number): Promise<void> =>
    writeFile(configuration, configurationOf({ folder, data, rootDn, password, maxSize }), { mode: 0o600 });
  await configure(usualSize);
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
  await execa('ldapadd', login, { input: tree(base, otherBase) });
  const resize = async (maxSize: number): Promise<void> => {
    await server.stop();
    await configure(maxSize);
    await server.start();
  };
  const find: PrivateSlapd['find'] = async (branch, attribute, value) => {
    const filter = `(${attribute}=${filterValue(value)})`;
    const args = [...login, '-LLL', '-o', 'ldif-wrap=no', '-b', branch, '-s', 'one', filter];
    const { stdout } = await execa('ldapsearch', args);
    return stdout === '' ? undefined : attributesIn(stdout);
  };
  return {
    server,
    url,
    rootDn,
    password,
    base,
    otherBase,
    ca,
    find,
    entry: (uid) => find(base, 'uid', uid),
    async fill() {
      await resize(smallSize);
      const filler = Array.from({ length: 200 }, (_, index) => fillerEntry(base, index)).join('\n');
      const { exitCode, stderr } = await execa('ldapadd', login, { input: filler, reject: false });
      if (exitCode !== 80) throw new Error(`there is still room: ${exitCode} ${stderr}`);
    },
    makeRoom: () => resize(usualSize),
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

function configurationOf(places: {
  folder: string;
  data: string;
  rootDn: string;
  password: string;
  maxSize: number;
}): string {
  return `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include /etc/ldap/schema/nis.schema
TLSCACertificateFile ${places.folder}/certificate.pem
TLSCertificateFile ${places.folder}/certificate.pem
TLSCertificateKeyFile ${places.folder}/key.pem
pidfile ${places.folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix "${suffix}"
rootdn "${places.rootDn}"
rootpw "${places.password.replaceAll('"', '\\"')}"
directory ${places.data}
maxsize ${places.maxSize}
dbnosync
`;
}

function tree(base: string, otherBase: string): string {
  return `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\ndc: provisor\no: test\n
dn: ${base}\nobjectClass: organizationalUnit\nou: clients\n
dn: ${otherBase}\nobjectClass: organizationalUnit\nou: Kunden\nl: Berlin\n`;
}

function fillerEntry(base: string, index: number): string {
  const uid = `filler-${index}`;
  return `dn: uid=${uid},${base}\nobjectClass: inetOrgPerson\ncn: x\nsn: x\ndescription: ${'x'.repeat(8_000)}\n`;
}
