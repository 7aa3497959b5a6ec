import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeToWrites, endSessions, hostileDefaults, setDefaults } from '../../../test/support/database-defaults.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { privatePgbouncerIsPossible, startPrivatePgbouncer } from '../../../test/support/private-pgbouncer.ts';
import { onlyWhere } from '../../../tools/test/only-where.ts';
import type { ExecutorApp } from './executor-app.ts';
import { Workbench } from './testing/workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.open();
});
afterEach(async () => bench.close());

async function readiness(executor: ExecutorApp): Promise<{ status: number; postgresql: string }> {
  const response = await fetch(`${await executor.url()}/readyz`);
  const { checks } = (await response.json()) as { checks: Record<string, string> };
  return { status: response.status, postgresql: checks['postgresql']! };
}

/** An event comes, and is in the journal. */
async function expectItWorks(id: string): Promise<void> {
  const billing = await bench.billing();
  await billing.publish({ type: 'clients.create', id });
  expect(await bench.event(id)).toMatchObject({ type: 'clients.create', status: 'succeeded' });
}

describe('a database that takes no writes', () => {
  it('makes the executor say so, and is used again within three seconds of taking them', async () => {
    const { databaseUrl } = bench.sandbox;
    const executor = await bench.startExecutor();
    await expectItWorks('before');
    await closeToWrites(databaseUrl, true);
    await endSessions(databaseUrl);
    const refused = await eventually(async () => {
      const found = await readiness(executor);
      // A connection that was ended may be the first to be asked.
      return found.postgresql.includes('terminating connection') ? undefined : found;
    }, 3_000);
    expect(refused).toEqual({
      status: 503,
      postgresql: 'PostgreSQL takes no writes: default_transaction_read_only is on',
    });
    await closeToWrites(databaseUrl, false);
    await eventually(async () => ((await readiness(executor)).status === 200 ? true : undefined), 3_000);
    await expectItWorks('after');
  });
});

it('a database with defaults of its own is used as any other', async () => {
  await setDefaults(bench.sandbox.databaseUrl, hostileDefaults);
  await bench.startExecutor();
  await expectItWorks('with-defaults');
});

describe('PgBouncer', () => {
  const withPgbouncer = onlyWhere(it, privatePgbouncerIsPossible, 'pgbouncer');

  withPgbouncer('of which each client has a session is used as PostgreSQL itself', async () => {
    const pgbouncer = await startPrivatePgbouncer('session', [bench.sandbox.executorDatabaseUrl]);
    try {
      const executor = await bench.startExecutor({ databaseUrl: pgbouncer.through(bench.sandbox.executorDatabaseUrl) });
      await expectItWorks('through');
      await executor.stop();
    } finally {
      await pgbouncer.stop();
    }
  });

  withPgbouncer('of which each transaction has another session ends the start, with what to do', async () => {
    const pgbouncer = await startPrivatePgbouncer('transaction', [bench.sandbox.executorDatabaseUrl]);
    try {
      const databaseUrl = pgbouncer.through(bench.sandbox.executorDatabaseUrl);
      await expect(bench.startExecutor({ databaseUrl })).rejects.toThrow(/set pool_mode = session in PgBouncer/);
    } finally {
      await pgbouncer.stop();
    }
  });

  withPgbouncer('that refuses a parameter of the URL ends the start, with what to do', async () => {
    const pgbouncer = await startPrivatePgbouncer('session', [bench.sandbox.executorDatabaseUrl]);
    try {
      const databaseUrl = `${pgbouncer.through(bench.sandbox.executorDatabaseUrl)}?options=-c%20jit%3Doff`;
      await expect(bench.startExecutor({ databaseUrl })).rejects.toThrow(
        /unsupported startup parameter: options.*take the parameter out of the database URL/,
      );
    } finally {
      await pgbouncer.stop();
    }
  });
});
