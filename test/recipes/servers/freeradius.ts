import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findFreePort } from '../../../tools/servers/ports.ts';
import { PrivateServer } from '../../../tools/servers/private-server.ts';
import type { Supervisor } from '../../../tools/supervisor/supervisor.ts';

/** Debian's configuration, of which the queries and tables are used. */
const debian = '/etc/freeradius/3.0';
const readyTimeoutMs = 20_000;

export interface PrivateFreeradius {
  readonly server: PrivateServer;
  readonly authPort: number;
  readonly acctPort: number;
  readonly secret: string;
  /** Whether a user may log in, as `radtest` sees it: Access-Accept or Access-Reject. */
  accepts(user: string, password: string): Promise<boolean>;
  /** The same for any password: `radtest` takes some characters otherwise. */
  acceptsOctets(user: string, password: string): Promise<boolean>;
  /** Tells of the start of a session, as a NAS does. */
  startSession(user: string, sessionId: string, nas?: string): Promise<void>;
}

/** The tables of FreeRADIUS, as it brings them. */
export function freeradiusTables(dialect: 'postgresql' | 'mysql' = 'postgresql'): Promise<string> {
  return readFile(`${debian}/mods-config/sql/main/${dialect}/schema.sql`, 'utf8');
}

type Table = 'radcheck' | 'radreply' | 'radusergroup' | 'radgroupcheck' | 'radgroupreply' | 'radacct';

/** Tables that have other names, by their usual ones. */
export type TableNames = Readonly<Partial<Record<Table, string>>>;

/**
 * Starts a FreeRADIUS on ports and in a folder of its own.
 *
 * @param options.databaseUrl Where its users are: `postgres://…` or `mysql://…`.
 * @param options.names Names of tables that are not the usual ones.
 */
export async function startFreeradius(
  supervisor: Supervisor,
  { program, databaseUrl, names = {} }: { program: string; databaseUrl: string; names?: TableNames },
): Promise<PrivateFreeradius> {
  const folder = join(supervisor.dataDir, 'freeradius');
  await mkdir(folder, { recursive: true });
  const [authPort, acctPort] = [await findFreePort(), await findFreePort()];
  const secret = 'shared-with-the-nas';
  const logFile = join(folder, 'radius.log');
  await writeFile(
    join(folder, 'radiusd.conf'),
    configuration({ folder, authPort, acctPort, secret, databaseUrl, names }),
    {
      mode: 0o600,
    },
  );
  const client = async (port: number, kind: string, attributes: string): Promise<string> => {
    const { all } = await execa('radclient', ['-x', '-r', '2', '-t', '3', `127.0.0.1:${port}`, kind, secret], {
      input: attributes,
      all: true,
      reject: false,
    });
    return all;
  };
  const server = new PrivateServer({
    supervisor,
    spec: {
      name: 'freeradius',
      command: program,
      args: ['-f', '-d', folder, '-l', logFile],
      env: { PATH: process.env['PATH'] },
      cwd: folder,
      output: { file: join(folder, 'output.log') },
      stopSignal: 'SIGTERM',
      graceMs: 5_000,
    },
    logFile,
    isReady: async () => {
      const said = await client(authPort, 'auth', 'User-Name = "nobody"\nUser-Password = "x"\n');
      return said.includes('Access-Reject') || undefined;
    },
    readyTimeoutMs,
    onDeath: () => {},
  });
  await server.start();
  return {
    server,
    authPort,
    acctPort,
    secret,
    async accepts(user, password) {
      const { stdout } = await execa('radtest', [user, password, `127.0.0.1:${authPort}`, '0', secret], {
        reject: false,
      });
      return isAccepted(stdout);
    },
    async acceptsOctets(user, password) {
      // Radclient undoes the escapes of a password, and of a password alone, twice.
      const twice = password.replaceAll('\\', '\\\\');
      return isAccepted(
        await client(authPort, 'auth', `User-Name = ${octets(user)}\nUser-Password = ${octets(twice)}\n`),
      );
    },
    async startSession(user, sessionId, nas = '127.0.0.1') {
      const start = [
        `User-Name = "${user}"`,
        'Acct-Status-Type = Start',
        `Acct-Session-Id = "${sessionId}"`,
        `NAS-IP-Address = ${nas}`,
        'Framed-IP-Address = 192.0.2.77',
      ];
      const said = await client(acctPort, 'acct', `${start.join('\n')}\n`);
      if (!said.includes('Accounting-Response')) throw new Error(`no Accounting-Response: ${said}`);
    },
  };
}

function isAccepted(said: string): boolean {
  if (said.includes('Received Access-Accept')) return true;
  if (said.includes('Received Access-Reject')) return false;
  throw new Error(`FreeRADIUS does not answer: ${said}`);
}

/** A text as radclient reads it, whatever its characters. */
function octets(text: string): string {
  const escaped = [...Buffer.from(text)].map((octet) => `\\${octet.toString(8).padStart(3, '0')}`);
  return `"${escaped.join('')}"`;
}

interface Places {
  folder: string;
  authPort: number;
  acctPort: number;
  secret: string;
  databaseUrl: string;
  names: TableNames;
}

function configuration({ folder, authPort, acctPort, secret, databaseUrl, names }: Places): string {
  const { database, dialect } = databaseOf(databaseUrl);
  const named = (table: Table) => names[table] ?? table;
  return `
prefix = /usr
raddbdir = ${folder}
logdir = ${folder}
run_dir = ${folder}
radacctdir = ${folder}
name = freeradius
libdir = /usr/lib/freeradius
pidfile = ${folder}/radiusd.pid
max_requests = 1024
log {
  destination = files
  file = ${folder}/radius.log
  auth = no
}
security {
  reject_delay = 0
  status_server = no
  allow_vulnerable_openssl = yes
}
thread pool {
  start_servers = 2
  max_servers = 4
  min_spare_servers = 1
  max_spare_servers = 2
}
client loopback {
  ipaddr = 127.0.0.1
  secret = ${secret}
  shortname = loopback
}
modules {
  expr {
    safe_characters = "@abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_: /"
  }
  pap {
  }
  sql {
    driver = "rlm_sql_${dialect}"
    dialect = "${dialect}"
    ${database}
    acct_table1 = "${named('radacct')}"
    acct_table2 = "${named('radacct')}"
    postauth_table = "radpostauth"
    authcheck_table = "${named('radcheck')}"
    groupcheck_table = "${named('radgroupcheck')}"
    authreply_table = "${named('radreply')}"
    groupreply_table = "${named('radgroupreply')}"
    usergroup_table = "${named('radusergroup')}"
    client_table = "nas"
    read_groups = yes
    delete_stale_sessions = yes
    pool {
      start = 0
      min = 0
      max = 4
      spare = 1
      uses = 0
      retry_delay = 1
      lifetime = 0
      idle_timeout = 60
      connect_timeout = 3
    }
    group_attribute = "SQL-Group"
    $INCLUDE ${debian}/mods-config/sql/main/${dialect}/queries.conf
  }
}
instantiate {
  expr
}
policy {
  $INCLUDE ${debian}/policy.d/accounting
}
server default {
  listen {
    type = auth
    ipaddr = 127.0.0.1
    port = ${authPort}
  }
  listen {
    type = acct
    ipaddr = 127.0.0.1
    port = ${acctPort}
  }
  authorize {
    sql
    pap
  }
  authenticate {
    Auth-Type PAP {
      pap
    }
  }
  preacct {
    acct_unique
  }
  accounting {
    sql
  }
}
`;
}

/** The address of a database as FreeRADIUS has it. */
function databaseOf(url: string): { dialect: 'postgresql' | 'mysql'; database: string } {
  const { protocol, hostname, port, pathname, username: user, password: secret } = new URL(url);
  const name = pathname.slice(1);
  const [username, password] = [decodeURIComponent(user), decodeURIComponent(secret)];
  if (protocol === 'mysql:') {
    const settings = { server: hostname, login: username, password, radius_db: name };
    const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    return { dialect: 'mysql', database: [...lines, `port = ${port}`].join('\n    ') };
  }
  const database = `dbname=${name} host=${hostname} port=${port} user=${username} password=${password}`;
  return { dialect: 'postgresql', database: `radius_db = "${database}"` };
}
