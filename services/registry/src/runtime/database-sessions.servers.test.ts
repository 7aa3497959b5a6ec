import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  closeToWrites,
  endSessions,
  hostileDefaults,
  setDefaults,
} from '../../../../test/support/database-defaults.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { privatePgbouncerIsPossible, startPrivatePgbouncer } from '../../../../test/support/private-pgbouncer.ts';
import { dataSourceOptions } from '#orm';
import { createLogger } from '#observability';
import { onlyWhere } from '../../../../tools/test/only-where.ts';
import { createSandbox } from '../../../../tools/test/sandbox.ts';
import { connectDatabase } from './database-connection.ts';
import { startRegistry, type TestRegistry } from '../testing/registry.ts';

let named = 0;
const handler = () => ({ name: `handler ${++named}`, event: 'clients.create', task: { type: 'script', path: 'x' } });
const lists = [
  'handlers',
  'events',
  'executions',
  'rejected',
  'deferrals',
  'replays',
  'executors',
  'api-keys',
  'audit',
  'overview',
];

async function expectItWorks(registry: TestRegistry): Promise<void> {
  expect(await registry.call('GET', '/readyz')).toMatchObject({ body: { ready: true } });
  const created = await registry.call('POST', '/api/v1/handlers', { body: handler() });
  expect(created.status).toBe(201);
  const { id, createdAt } = created.body as { id: string; createdAt: string };
  expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(60_000);
  expect(await registry.call('GET', `/api/v1/handlers/${id}`)).toMatchObject({ status: 200, body: { createdAt } });
  for (const list of lists) expect([list, (await registry.call('GET', `/api/v1/${list}`)).status]).toEqual([list, 200]);
}

describe('a database that takes no writes', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterEach(async () => closeToWrites(registry.sandbox.databaseUrl, false));
  afterAll(async () => registry[Symbol.asyncDispose]());

  it('makes the registry say so, and is used again within three seconds of taking them', async () => {
    const { databaseUrl } = registry.sandbox;
    // Enough at once for every connection of the pool to be open.
    await Promise.all(Array.from({ length: 30 }, () => registry.call('GET', '/api/v1/handlers')));
    await closeToWrites(databaseUrl, true);
    await endSessions(databaseUrl);
    const refused = await eventually(async () => {
      const answer = await registry.call('POST', '/api/v1/handlers', { body: handler() });
      expect(answer.status).toBe(503);
      return (answer.body as { type: string }).type.endsWith('read-only') ? answer : undefined;
    });
    expect(refused.body).toMatchObject({
      type: 'urn:provisor:problem:database-read-only',
      detail: 'PostgreSQL takes no writes at the moment: it is a standby, or is set to read only',
    });
    expect(await registry.call('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { ready: false, checks: { postgresql: 'PostgreSQL takes no writes: default_transaction_read_only is on' } },
    });
    await closeToWrites(databaseUrl, false);
    await eventually(async () => {
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => registry.call('POST', '/api/v1/handlers', { body: handler() })),
      );
      return answers.every(({ status }) => status === 201) || undefined;
    }, 3_000);
    expect((await registry.call('GET', '/readyz')).status).toBe(200);
  });

  it('in sessions that are open already has each of them left at its first refusal', async () => {
    // What a change of the server's configuration does to sessions that are open.
    await registry.app.get(DataSource).query('set default_transaction_read_only = on');
    const answers = [];
    for (let count = 0; count < 3; count++)
      answers.push((await registry.call('POST', '/api/v1/handlers', { body: handler() })).status);
    expect(answers).toContain(503);
    expect(answers.at(-1)).toBe(201);
  });
});

it('a database with defaults of its own is used as any other', async () => {
  await using registry = await startRegistry({}, { prepare: (url) => setDefaults(url, hostileDefaults) });
  await expectItWorks(registry);
});

describe('PgBouncer', () => {
  const { TEST_DATABASE_URL, TEST_REGISTRY_DATABASE_URL } = process.env;
  const urls = [TEST_DATABASE_URL!, TEST_REGISTRY_DATABASE_URL!];
  const withPgbouncer = onlyWhere(it, privatePgbouncerIsPossible, 'pgbouncer');

  withPgbouncer('of which each client has a session is used as PostgreSQL itself', async () => {
    const pgbouncer = await startPrivatePgbouncer('session', urls);
    try {
      await using registry = await startRegistry({}, { databaseBy: (url) => pgbouncer.through(url) });
      await expectItWorks(registry);
    } finally {
      await pgbouncer.stop();
    }
  });

  withPgbouncer('of which each transaction has another session ends the start, with what to do', async () => {
    await expectRefusal('transaction', (url) => url, /set pool_mode = session in PgBouncer/);
  });

  withPgbouncer('that refuses a parameter of the URL ends the start, with what to do', async () => {
    const reason = /unsupported startup parameter: options.*take the parameter out of the database URL/;
    await expectRefusal('session', (url) => `${url}?options=-c%20jit%3Doff`, reason);
  });

  async function expectRefusal(
    mode: 'session' | 'transaction',
    change: (url: string) => string,
    reason: RegExp,
  ): Promise<void> {
    const sandbox = await createSandbox();
    const pgbouncer = await startPrivatePgbouncer(mode, urls);
    try {
      const [owner, own] = [sandbox.databaseUrl, sandbox.registryDatabaseUrl].map((url) =>
        change(pgbouncer.through(url)),
      );
      const started = connectDatabase(dataSourceOptions(own!), own!, owner!, createLogger('registry', 'silent'));
      await expect(started).rejects.toThrow(reason);
    } finally {
      await pgbouncer.stop();
      await sandbox.dispose();
    }
  }
});
