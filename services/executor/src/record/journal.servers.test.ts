import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { decodeBillingEvent, noHandler } from '#contracts';
import { createPool, type Pool } from '#database';
import { createLogger } from '#observability';
import { createMigratedSandbox } from '../../../../test/support/migrated-sandbox.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import type { Sandbox } from '../../../../tools/test/sandbox.ts';
import { Journal } from './journal.ts';
import type { EventEnd, Run } from './run.ts';

const nobody = { attempt: () => undefined, event: () => undefined, written: () => undefined };
const rest = {
  key: '1',
  detached: false,
  handlerId: noHandler,
  reason: 'behind',
  cause: null,
  delayMs: 0,
  progress: null,
} as const;
const behind: EventEnd = { status: 'waiting', failed: false, skipped: [], disabled: [], rest, detached: [] };
const ended: EventEnd = { status: 'succeeded', failed: false, skipped: [], disabled: [], rest: null, detached: [] };

function runOf(id: string): Run {
  const body = { event: { id, dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 1 }, data: {} };
  const event = decodeBillingEvent(Buffer.from(JSON.stringify(body)), { headers: { 'partition-key': '1' } });
  const known = { revision: 1, replay: null, resumed: false, testId: null };
  return { journalId: uuidv7(), event, receivedAt: new Date(), attempts: [], ...known };
}

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
    const first = journal.recordEvent(runOf('first'), ended);
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
    const third = journal.recordEvent(runOf('third'), ended, { assertOurs: () => undefined });
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
