// PostgreSQL and RabbitMQ, each started with what docker/compose.production.yml gives it.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connect } from 'amqplib';
import { execa } from 'execa';
import pg from 'pg';
import { parse } from 'yaml';
import { Supervisor } from '../../tools/supervisor/supervisor.ts';
import { loadEndpoints } from '../../tools/servers/endpoints.ts';
import { findFreePort } from '../../tools/servers/ports.ts';
import { startPrivatePostgres } from '../../tools/servers/postgres/index.ts';
import { findProgram } from '../../tools/servers/rabbitmq/program.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { privateBrokerIsPossible, startPrivateBroker } from '../support/private-broker.ts';
import { makeCertificates } from './made-certificates.ts';

const docker = fileURLToPath(new URL('../../docker/', import.meta.url));
const openssl = await findProgram('openssl');

let folder: string;
let tls: string;
let ca: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'provisor-production-'));
  await chmod(folder, 0o755);
  if (openssl === undefined) return;
  tls = await makeCertificates(folder);
  ca = await readFile(join(tls, 'ca.crt'), 'utf8');
});

afterAll(() => rm(folder, { recursive: true }));

onlyWhere(
  it,
  openssl !== undefined && privateBrokerIsPossible,
  'openssl and rabbitmq-server on PATH',
)('RabbitMQ takes its configuration, and serves AMQP and its management by TLS', async () => {
  const text = await readFile(join(docker, 'rabbitmq/rabbitmq.production.conf'), 'utf8');
  const managementPort = await findFreePort();
  const lines = (port: number) =>
    text
      .replaceAll('/run/secrets', tls)
      .replace(/^listeners.ssl.default = .*/m, `listeners.ssl.default = ${port}`)
      .replace(/^management.ssl.port = .*/m, `management.ssl.port = ${managementPort}`)
      .split('\n')
      // This broker is prepared without TLS.
      .filter((line) => line !== 'listeners.tcp = none' && line !== '' && !line.startsWith('#'));
  const broker = await startPrivateBroker(lines);
  try {
    const { username, password } = new URL(broker.url);
    const url = `amqps://${username}:${password}@127.0.0.1:${broker.furtherPort}`;
    await (await connect(url, { ca: [ca], servername: 'rabbitmq' })).close();
    await expect(connect(url, { servername: 'rabbitmq' })).rejects.toThrow(/certificate/);
    const { stdout } = await execa(
      'openssl',
      [
        ...['s_client', '-connect', `127.0.0.1:${managementPort}`, '-CAfile', join(tls, 'ca.crt')],
        ...['-verify_return_error', '-verify_hostname', 'rabbitmq'],
      ],
      { input: '' },
    );
    expect(stdout).toContain('Verify return code: 0 (ok)');
  } finally {
    await broker.stop();
  }
});

onlyWhere(
  it,
  openssl !== undefined,
  'openssl',
)('PostgreSQL takes its options and pg_hba.conf, and serves by TLS', async () => {
  const { services } = parse(await readFile(join(docker, 'compose.production.yml'), 'utf8'), {
    merge: true,
    logLevel: 'error',
  }) as { services: { postgres: { command: [string] } } };
  const [command] = services.postgres.command;
  const places: Record<string, string> = {
    '/etc/postgresql/pg_hba.conf': join(docker, 'postgres/pg_hba.conf'),
    '/run/secrets/postgres.crt': join(tls, 'postgres.crt'),
    '/run/tls/postgres.key': join(folder, 'postgres.key'),
  };
  const settings = Object.fromEntries(
    [...command.matchAll(/-c (\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, places[value] ?? value]),
  );
  expect(Object.values(settings)).toEqual(expect.arrayContaining(Object.values(places)));
  const supervisor = await Supervisor.open({
    dataDir: join(folder, 'postgres'),
    ephemeral: true,
    log: () => undefined,
  });
  try {
    const endpoints = await loadEndpoints(supervisor.dataDir, () => undefined);
    const { url, server } = await startPrivatePostgres({
      supervisor,
      dataDir: supervisor.dataDir,
      endpoints,
      ephemeral: true,
      onDeath: () => undefined,
      prepare: async (account) => {
        // The server takes a key only from a file of its own user.
        const owner = account ? [`--owner=${account.uid}`, `--group=${account.gid}`] : [];
        await execa('install', [...owner, '--mode=600', join(tls, 'postgres.key'), join(folder, 'postgres.key')]);
        return settings;
      },
    });
    const client = new pg.Client({ connectionString: url, ssl: { ca, servername: 'postgres' } });
    await client.connect();
    const { rows } = await client.query<{ error: string | null; version: string }>(
      `select error, (select version from pg_stat_ssl where pid = pg_backend_pid()) as version
         from pg_hba_file_rules`,
    );
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row).toEqual({ error: null, version: expect.stringMatching(/^TLSv1\.[23]$/) });
    await client.end();
    await server.stop();
  } finally {
    await supervisor.close();
  }
});
