import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { createPool, type Pool } from '#database';
import { createLogger } from '#observability';
import { createMigratedSandbox } from '../../../../test/support/migrated-sandbox.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import type { Sandbox } from '../../../../tools/test/sandbox.ts';
import { behind, runOf, succeeded } from '../testing/runs.ts';
import { Journal } from './journal.ts';

const nobody = { attempt: () => undefined, event: () => undefined, written: () => undefined };
describe('the journal', () => {
  let sandbox: Sandbox;
  let pool: Pool;
  let journal: Journal;

  beforeAll(async () => {
    sandbox = await createMigratedSandbox();
    pool = createPool(sandbox.databaseUrl, () => undefined);
    const logger = createLogger('executor', 'silent');
    journal = new Journal({
      ...{ pool, logger, observer: nobody, onDeferred: () => undefined, now: Date.now, searchFields: [] },
      executorId: uuidv7(),
    });
  });

  afterAll(async () => {
    await pool.end();
    await sandbox.dispose();
  });

  it('writes nothing of an event that another executor has, also when no signal has said so yet', async () => {
    // A statement in flight, behind which others wait, as when the process is paused.
    const blocker = await pool.connect();
    await blocker.query('begin; lock table events');
    const first = journal.recordEvent(runOf('first'), succeeded);
    await eventually(async () => {
      const { rowCount } = await blocker.query(
        "select from pg_locks where not granted and relation = 'events'::regclass",
      );
      return rowCount! > 0 || undefined;
    });
    let isOurs = true;
    const hold = {
      assertOurs: () => {
        if (!isOurs) throw new Error('the process stood still');
      },
    };
    const second = journal.recordEvent(runOf('second'), behind, hold);
    const third = journal.recordEvent(runOf('third'), succeeded, { assertOurs: () => undefined });
    isOurs = false;
    await blocker.query('commit');
    blocker.release();
    await expect(second).rejects.toThrow('the process stood still');
    await Promise.all([first, third]);
    const { rows } = await pool.query<{ event_id: string }>('select event_id from events order by event_id');
    expect(rows.map((row) => row.event_id)).toEqual(['first', 'third']);
    expect((await pool.query('select from deferrals')).rows).toEqual([]);
    expect((await pool.query('select from deferral_keys')).rows).toEqual([]);
  });
});
