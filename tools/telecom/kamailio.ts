import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Supervisor } from '../supervisor/supervisor.ts';
import { findFreePort } from '../servers/ports.ts';
import { PrivateServer } from '../servers/private-server.ts';
import type { ServerDiedError } from '../servers/server-error.ts';

/** That of the recipe. */
export const kamailioConfiguration = fileURLToPath(
  new URL('../../examples/recipes/kamailio/kamailio.cfg', import.meta.url),
);
const readyTimeoutMs = 20_000;

/** A Kamailio of our own, with the configuration of the recipe. */
export interface PrivateKamailio {
  readonly server: PrivateServer;
  /** Where calls are made to. */
  readonly sipPort: number;
  /** `http://127.0.0.1:8060/RPC` */
  readonly rpcUrl: string;
}

export interface KamailioOptions {
  supervisor: Supervisor;
  program: string;
  /** With the tables of {@link kamailioTables}. */
  databaseUrl: string;
  /** Where calls go that may be made. */
  nextHopPort: number;
  /** The configuration; that of the recipe unless given. */
  configuration?: string;
  /** `/RPC` unless given. */
  rpcPath?: string;
  /** Shared memory, in MiB. */
  memoryMib?: number;
  onDeath?: (error: ServerDiedError) => void;
}

/** What Kamailio's own scripts make for subscribers and hash tables. */
export const kamailioTables = `
  create table version (table_name varchar(32) primary key, table_version integer not null default 0);
  create table subscriber (
    id serial primary key,
    username varchar(64) not null default '',
    domain varchar(64) not null default '',
    password varchar(64) not null default '',
    ha1 varchar(128) not null default '',
    ha1b varchar(128) not null default '',
    constraint subscriber_account_idx unique (username, domain)
  );
  create table htable (
    id serial primary key,
    key_name varchar(64) not null default '',
    key_type integer not null default 0,
    value_type integer not null default 0,
    key_value varchar(128) not null default '',
    expires integer not null default 0
  );
  insert into version values ('subscriber', 7), ('htable', 2);
`;

/** Starts a Kamailio on ports and in a folder of its own. */
export async function startKamailio(options: KamailioOptions): Promise<PrivateKamailio> {
  const {
    supervisor,
    program,
    databaseUrl,
    nextHopPort,
    rpcPath = '/RPC',
    memoryMib = 32,
    onDeath = () => {},
  } = options;
  const folder = join(supervisor.dataDir, 'kamailio');
  await mkdir(folder, { recursive: true });
  const [sipPort, rpcPort] = [await findFreePort(), await findFreePort()];
  const file = join(folder, 'kamailio.cfg');
  const logFile = join(folder, 'kamailio.log');
  await copyFile(options.configuration ?? kamailioConfiguration, join(folder, recipeFile));
  await writeFile(file, configurationOf({ ...options, databaseUrl, sipPort, rpcPort, nextHopPort }), { mode: 0o600 });
  const rpcUrl = `http://127.0.0.1:${rpcPort}${rpcPath}`;
  const server = new PrivateServer({
    supervisor,
    spec: {
      name: 'kamailio',
      command: program,
      // Not in the background, with errors on stderr; little memory.
      args: ['-f', file, '-DD', '-E', '-m', String(memoryMib), '-M', '8', '-Y', folder, '-w', folder],
      env: { PATH: process.env['PATH'] },
      cwd: folder,
      output: { file: logFile },
      stopSignal: 'SIGTERM',
      graceMs: 5_000,
    },
    logFile,
    isReady: () => answers(rpcUrl),
    readyTimeoutMs,
    onDeath,
  });
  await server.start();
  return { server, sipPort, rpcUrl };
}

/** Beside the file that includes it: Kamailio ends the name of such a file at a space. */
const recipeFile = 'recipe.cfg';

interface Places extends Pick<KamailioOptions, 'databaseUrl' | 'nextHopPort'> {
  sipPort: number;
  rpcPort: number;
}

/** What the recipe's configuration leaves open, and then itself. */
function configurationOf(places: Places): string {
  return [
    '#!KAMAILIO',
    `#!define DB_URL "${places.databaseUrl.replace(/^postgresql:/, 'postgres:')}"`,
    `#!define SIP_LISTEN udp:127.0.0.1:${places.sipPort}`,
    `#!define RPC_LISTEN tcp:127.0.0.1:${places.rpcPort}`,
    `#!define NEXT_HOP "sip:127.0.0.1:${places.nextHopPort}"`,
    `include_file "${recipeFile}"`,
    '',
  ].join('\n');
}

async function answers(rpcUrl: string): Promise<true | undefined> {
  try {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'core.version' });
    const response = await fetch(rpcUrl, { method: 'POST', body, signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return true; // Also where it asks for a password.
  } catch {
    return undefined; // It does not listen yet, or is still loading.
  }
}
