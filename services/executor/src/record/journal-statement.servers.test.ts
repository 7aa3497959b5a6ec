import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noHandler } from '#contracts';
import { createPool, StatementOverdue, type Pool } from '#database';
import { eventually } from '../../../../test/support/eventually.ts';
import { onlyWhere } from '../../../../tools/test/only-where.ts';
import { behind, runOf } from '../testing/runs.ts';
import type { EventEnd, Run } from './run.ts';
import { Workbench } from '../testing/workbench.ts';
import { deferralRow, eventRow } from './journal-rows.ts';
import type { JournalEntry } from './journal-rows.ts';
import { writeEntries } from './journal-statement.ts';

function entry(run: Run, end: EventEnd): JournalEntry {
  const event = eventRow(run, end, Date.now());
  return { event, deferrals: end.rest ? [deferralRow(run, end.rest)] : [] };
}

describe('a batch of the journal', () => {
  let bench: Workbench;
  let pool: Pool;

  beforeAll(async () => {
    bench = await Workbench.open();
    pool = createPool(bench.sandbox.databaseUrl, () => undefined);
  });

  afterAll(async () => {
    await pool.end();
    await bench.close();
  });

  const statuses = async (id: string) => {
    const { rows } = await pool.query<{ status: string; finished: boolean }>(
      'select status, finished_at is not null as finished from events where event_id = $1 order by id',
      [id],
    );
    return rows;
  };
  const deferred = async (id: string) => (await pool.query('select from deferrals where event_id = $1', [id])).rowCount;

  it('that is written once more, since the answer to its commit got lost, changes nothing', async () => {
    const ended = entry(runOf('ended'), { ...behind, status: 'succeeded', rest: null });
    const waits = entry(runOf('waits'), behind);
    for (let n = 0; n < 2; n++) await writeEntries(pool, [ended, waits]);
    expect(await statuses('ended')).toEqual([{ status: 'succeeded', finished: true }]);
    expect(await statuses('waits')).toEqual([{ status: 'waiting', finished: false }]);
    expect(await deferred('waits')).toBe(1);
  });

  it('that is there in part adds what is missing, and leaves what is there', async () => {
    const there = entry(runOf('there'), { ...behind, status: 'succeeded', rest: null });
    const missing = entry(runOf('missing'), {
      ...behind,
      status: 'failed',
      rest: null,
      failed: true,
      skipped: [noHandler, noHandler],
      disabled: [noHandler],
    });
    await writeEntries(pool, [there]);
    await writeEntries(pool, [missing, there]);
    const { rows } = await pool.query(
      `select event_id, status, skipped, disabled from events where event_id in ('there', 'missing') order by event_id`,
    );
    expect(rows).toEqual([
      { event_id: 'missing', status: 'failed', skipped: [noHandler, noHandler], disabled: [noHandler] },
      { event_id: 'there', status: 'succeeded', skipped: [], disabled: [] },
    ]);
  });

  it('that arrives late, when the event has left the slow lane, does not put it there again', async () => {
    const late = entry(runOf('late'), behind);
    await writeEntries(pool, [late]);
    await pool.query(`update events set status = 'succeeded' where event_id = 'late'`);
    await pool.query(`delete from deferrals where event_id = 'late'`);
    await writeEntries(pool, [late]);
    expect(await deferred('late')).toBe(0);
    expect(await statuses('late')).toEqual([{ status: 'succeeded', finished: false }]);
  });

  const whereStoppable = onlyWhere(
    it,
    process.getuid?.() === 0 && process.env['DATABASE_URL'] === undefined,
    'a PostgreSQL of the test run, whose processes may be stopped',
  );

  whereStoppable('that a server process which stood still carries out late changes nothing', async () => {
    const hasty = createPool(bench.sandbox.databaseUrl, () => undefined, 500);
    const { rows } = await hasty.query<{ pid: number }>('select pg_backend_pid() as pid');
    const { pid } = rows[0]!;
    const batch = [
      entry(runOf('late-ended'), { ...behind, status: 'succeeded', rest: null }),
      entry(runOf('late-waits'), behind),
    ];
    process.kill(pid, 'SIGSTOP');
    await expect(writeEntries(hasty, batch)).rejects.toThrow(StatementOverdue);
    await writeEntries(hasty, batch);
    process.kill(pid, 'SIGCONT');
    const left = 'select from pg_stat_activity where pid = $1';
    await eventually(async () => ((await pool.query(left, [pid])).rowCount === 0 ? true : undefined));
    expect(await statuses('late-ended')).toHaveLength(1);
    expect(await statuses('late-waits')).toHaveLength(1);
    expect(await deferred('late-waits')).toBe(1);
    await hasty.end();
  });

  it('has an event that waits already as a duplicate', async () => {
    await writeEntries(pool, [entry(runOf('twice'), behind)]);
    await writeEntries(pool, [entry(runOf('twice'), behind)]);
    expect(await statuses('twice')).toEqual([
      { status: 'waiting', finished: false },
      { status: 'duplicate', finished: true },
    ]);
    expect(await deferred('twice')).toBe(1);
  });
});
