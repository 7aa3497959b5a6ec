// The guide's backup and restore, on a new server.
import { chmod, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execa } from 'execa';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrate } from '#orm';
import { Supervisor } from '../../tools/supervisor/supervisor.ts';
import { loadEndpoints } from '../../tools/servers/endpoints.ts';
import { startPrivatePostgres } from '../../tools/servers/postgres/index.ts';
import { findProgram } from '../../tools/servers/rabbitmq/program.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { allBlocks, root } from '../documentation/documents.ts';

const programs = ['initdb', 'postgres', 'pg_dump', 'pg_restore', 'psql'];

/** A folder with a server and its client programs of the same version; Debian has one for each. */
async function findInstallation(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql';
  const versions: string[] = await readdir(debian).catch(() => []);
  for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
    const files: string[] = await readdir(join(debian, version, 'bin')).catch(() => []);
    if (programs.every((program) => files.includes(program))) return join(debian, version, 'bin');
  }
  return undefined;
}
const bin = await findInstallation();
const sh = await findProgram('sh');

let folder: string;
const supervisors: Supervisor[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'provisor-restore-'));
  await chmod(folder, 0o755);
  // The guide is followed in a clone.
  await symlink(join(root, 'docker'), join(folder, 'docker'));
});

afterAll(async () => {
  for (const supervisor of supervisors) await supervisor.close();
  await rm(folder, { recursive: true });
});

async function newServer(name: string): Promise<URL> {
  const dataDir = join(folder, name);
  const supervisor = await Supervisor.open({ dataDir, ephemeral: true, log: () => undefined });
  supervisors.push(supervisor);
  const endpoints = await loadEndpoints(dataDir, () => undefined);
  const binaries = { initdb: join(bin!, 'initdb'), postgres: join(bin!, 'postgres') };
  const onDeath = () => undefined;
  const { url } = await startPrivatePostgres({ supervisor, dataDir, endpoints, ephemeral: true, onDeath, binaries });
  return new URL(url);
}

/** What an administrator of a server has in the environment. */
function administrator(url: URL): Record<string, string> {
  return {
    PATH: [bin, process.env['PATH']].join(delimiter),
    PGHOST: url.hostname,
    PGPORT: url.port,
    PGUSER: url.username,
    PGPASSWORD: url.password,
    OWNER_PASSWORD: 'of the owner',
    REGISTRY_PASSWORD: 'of the registry',
    EXECUTOR_PASSWORD: 'of executors',
  };
}

/** Gives the commands of the guide to operations that begin with a program. */
async function follow(program: string, env: Record<string, string>): Promise<void> {
  const blocks = (await allBlocks()).filter(({ document }) => document === 'docs/operations.md');
  const block = blocks.find(({ language, text }) => language === 'sh' && text.includes(program));
  await execa(sh!, ['-euc', block!.text], { cwd: folder, env, extendEnv: false });
}

async function query<T extends object>(url: URL | string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: String(url) });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

function as(url: URL, user: string, password: string): string {
  const other = new URL(url);
  other.username = user;
  other.password = encodeURIComponent(password);
  return other.href;
}

async function migrated(url: string): Promise<string[]> {
  const owner = await new DataSource(dataSourceOptions(url)).initialize();
  try {
    return await migrate(owner);
  } finally {
    await owner.destroy();
  }
}

onlyWhere(
  it,
  bin !== undefined && process.getuid?.() === 0,
  'root, and a PostgreSQL with its client programs, as Debian has it',
)('a backup is restored on a new server by the steps of the guide, and only its logins may connect there', async () => {
  const old = await newServer('old');
  // The server of a new installation.
  await query(new URL('/postgres', old), 'drop database provisor');
  await execa(sh!, [join(root, 'docker/postgres/logins.sh')], { env: administrator(old), extendEnv: false });
  expect(await migrated(as(old, 'provisor_owner', 'of the owner'))).not.toEqual([]);
  const insert = `insert into api_keys (id, name, role, hash, created_at)
    values (gen_random_uuid(), 'kept', 'viewer', '\\x00', now())`;
  await query(as(old, 'provisor_registry', 'of the registry'), insert);
  await follow('pg_dump --format=custom --file=provisor.dump', administrator(old));

  const fresh = await newServer('fresh');
  await query(new URL('/postgres', fresh), 'drop database provisor');
  await follow('pg_restore', administrator(fresh));

  const registry = as(fresh, 'provisor_registry', 'of the registry');
  expect(await query(registry, 'select name from api_keys')).toEqual([{ name: 'kept' }]);
  expect(await migrated(as(fresh, 'provisor_owner', 'of the owner'))).toEqual([]);
  const rights = `select grantee, table_name, privilege_type from information_schema.role_table_grants
    where grantee in ('provisor_registry', 'provisor_executor', 'PUBLIC') and table_schema = 'public' order by 1, 2, 3`;
  expect(await query(fresh, rights)).toEqual(await query(old, rights));
  await query(as(fresh, 'provisor_executor', 'of executors'), `select make_journal_day('events', current_date + 3)`);
  await query(fresh, `create role stranger login password 'x'`);
  await expect(query(as(fresh, 'stranger', 'x'), 'select 1')).rejects.toThrow(/permission denied for database/);
});
