import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { orderedIdAt } from '#contracts';
import { createPool, type Pool } from '#database';
import { createLogger } from '#observability';
import { runOf } from '../testing/runs.ts';
import { Workbench } from '../testing/workbench.ts';
import { JournalLookup } from './journal-lookup.ts';
import { writeEntries } from './journal-statement.ts';
import { eventRow } from './journal-rows.ts';

const events = 20_000;
/** More executions than PostgreSQL plans a prepared statement again for. */
const questions = 20;
/** As they come together under load. */
const batch = 50;

describe('what the journal is asked of an event', () => {
  let bench: Workbench;
  let pools: Pool[];

  beforeAll(async () => {
    bench = await Workbench.open();
  });

  afterAll(() => bench.close());

  beforeEach(() => {
    pools = [];
  });

  afterEach(() => Promise.all(pools.map((pool) => pool.end())));

  const connect = () => {
    const pool = createPool(bench.sandbox.databaseUrl, () => undefined);
    pools.push(pool);
    return pool;
  };

  const ask = async (pool: Pool) => {
    const lookup = new JournalLookup(pool, 86_400_000, Date.now, createLogger('executor', 'error'));
    const events = Array.from({ length: batch }, (_, n) => ({ eventId: `?${n}`, replayId: null, partitionKey: '1' }));
    for (let n = 0; n < questions; n++) {
      for (const repeated of [false, true]) await lookup.lookUp(events.map((event) => ({ ...event, repeated })));
    }
  };

  const fill = async (pool: Pool) => {
    const entries = Array.from({ length: events }, (_, n) => {
      const run = runOf(`known-${n}`);
      const event = eventRow(
        run,
        { status: 'succeeded', failed: false, skipped: [], disabled: [], rest: null, detached: [] },
        Date.now(),
      );
      return { event: { ...event, id: orderedIdAt(run.receivedAt) }, deferrals: [] };
    });
    await writeEntries(pool, entries);
  };

  /** What is asked one after another goes by the same connection of a pool. */
  const rowsRead = async (pool: Pool) => {
    await pool.query('select pg_stat_force_next_flush()');
    const { rows } = await pool.query<{ read: number }>(
      `select ((select sum(seq_tup_read) from pg_stat_user_tables where relname like 'events%')
         + (select sum(idx_tup_read) from pg_stat_user_indexes where relname like 'events%'))::double precision as read`,
    );
    return rows[0]!.read;
  };

  it.each([
    { state: 'was never analyzed', analyze: false },
    { state: 'was analyzed while it was empty', analyze: true },
  ])('is found without reading through a day that $state', async ({ analyze }) => {
    const early = connect();
    await early.query('truncate events, attempts');
    if (analyze) await early.query('vacuum analyze events');
    await ask(early);
    await fill(early);
    // The plans of one were made when there was nothing, those of the other are made now.
    for (const pool of [early, connect()]) {
      const before = await rowsRead(pool);
      await ask(pool);
      expect((await rowsRead(pool)) - before).toBeLessThan(events);
    }
  });
});
