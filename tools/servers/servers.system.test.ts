import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import pg from 'pg';
import { AlreadyRunningError } from '../supervisor/supervisor-error.ts';
import { startServers, type DevServers } from './index.ts';

// A folder that only its owner may enter, with a space in its name, like a clone under /root or on a desktop.
let folder: string;
let dataDir: string;
const running: DevServers[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'provisor servers '));
  await chmod(folder, 0o700);
  dataDir = join(folder, 'data');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((servers) => servers.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<DevServers> {
  const servers = await startServers({ dataDir, env: {}, log: () => {} });
  running.push(servers);
  return servers;
}

test('servers keep their addresses and their data over a restart, and survive being killed', async () => {
  const first = await start();
  await query(first, 'CREATE TABLE kept AS SELECT 1 AS one');
  await onChannel(first, (channel) =>
    channel.assertQueue('kept', { durable: true, arguments: { 'x-queue-type': 'quorum' } }),
  );
  await first.stop();

  const second = await start();
  expect(second.databaseUrl).toBe(first.databaseUrl);
  expect(second.amqpUrl).toBe(first.amqpUrl);
  await expectKept(second);

  await Promise.all([second.postgres?.kill(), second.rabbitmq?.kill()]);
  await Promise.all([second.postgres?.start(), second.rabbitmq?.start()]);
  await expectKept(second);
}, 120_000);

test('a second start on the same folder is refused while the first one runs', async () => {
  await mkdir(dataDir, { recursive: true });
  const { Supervisor } = await import('../supervisor/supervisor.ts');
  const supervisor = await Supervisor.open({ dataDir, log: () => {} });
  await expect(start()).rejects.toThrow(AlreadyRunningError);
  await supervisor.close();
});

test('what is given is not started', async () => {
  const env = { DATABASE_URL: 'postgres://elsewhere/db', AMQP_URL: 'amqp://elsewhere' };
  const servers = await startServers({ ephemeral: true, env, log: () => {} });
  expect(servers).toMatchObject({ databaseUrl: env.DATABASE_URL, amqpUrl: env.AMQP_URL });
  expect(servers.postgres ?? servers.rabbitmq).toBeUndefined();
  await servers.stop();
});

async function expectKept(servers: DevServers): Promise<void> {
  expect(await query(servers, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  await onChannel(servers, (channel) => channel.checkQueue('kept'));
}

async function query({ databaseUrl }: DevServers, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<object>(statement);
  await client.end();
  return rows;
}

async function onChannel(
  { amqpUrl }: DevServers,
  use: (channel: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createChannel']>>) => Promise<unknown>,
): Promise<void> {
  const connection = await connect(amqpUrl);
  await use(await connection.createChannel());
  await connection.close();
}
