import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { kamailioTables, startKamailio, type PrivateKamailio } from '../../telecom/kamailio.ts';
import { makeCall, startAnsweringSide, type CallAnswer } from '../../telecom/sipp.ts';
import { installed } from '../../telecom/install.ts';
import { programsForCalls } from '../../telecom/programs.ts';
import type { Stack } from '../../stack/index.ts';

const domain = 'sip.demo.provisor';
const database = 'provisor_demo_kamailio';
/** The same for every client: each event carries it. */
export const sipPassword = 'demo-password';

/** A telephone exchange: Kamailio, with its subscribers in PostgreSQL, and a telephone that answers. */
export interface Exchange {
  readonly kamailio: PrivateKamailio;
  /** The settings that the recipe's script needs, in the lines of kamailio.ini. */
  readonly settings: readonly string[];
  call(client: number): Promise<CallAnswer>;
}

/**
 * Starts an exchange without subscribers.
 *
 * @throws ServerUnavailableError When a program is missing and cannot be installed.
 */
export async function startExchange({ supervisor, access }: Stack): Promise<Exchange> {
  const { kamailio: program, sipp } = await installed(programsForCalls, console.log);
  const databaseUrl = await emptyDatabase(access.databaseUrl);
  const other = await startAnsweringSide(supervisor, sipp);
  const kamailio = await startKamailio({ supervisor, program, databaseUrl, nextHopPort: other.port });
  return {
    kamailio,
    settings: [
      ...['[database]', `url = ${databaseUrl}`],
      ...['[subscriber]', `realm = ${domain}`],
      ...['[passwords]', 'field = sip_password'],
    ],
    call: (client) =>
      makeCall({
        program: sipp,
        proxyPort: kamailio.sipPort,
        caller: String(client),
        domain,
        secret: sipPassword,
      }),
  };
}

/** Where scripts of the recipe are put: below the data of the stack, since they have settings beside them. */
export async function scriptFolder(root: string): Promise<string> {
  const folder = join(root, '.provisor/telecom/scripts');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await chmod(folder, 0o755);
  return folder;
}

/** Writes the files of the recipe and the settings of its script. */
export async function writeScripts(
  folder: string,
  files: readonly { name: string; text: string; executable: boolean }[],
  settings: readonly string[],
): Promise<void> {
  const own = join(folder, 'kamailio');
  await mkdir(own, { recursive: true });
  for (const { name, text, executable } of files) {
    await writeFile(join(own, name), text);
    await chmod(join(own, name), executable ? 0o755 : 0o644);
  }
  await writeFile(join(own, 'kamailio.ini'), `${settings.join('\n')}\n`, { mode: 0o600 });
}

/** The database of the exchange, beside Provisor's own, without anything of an earlier demo. */
async function emptyDatabase(serverUrl: string): Promise<string> {
  const url = new URL(serverUrl);
  await onDatabase(url.href, `drop database if exists ${database} with (force)`, `create database ${database}`);
  url.pathname = `/${database}`;
  await onDatabase(url.href, kamailioTables);
  return url.href;
}

async function onDatabase(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
