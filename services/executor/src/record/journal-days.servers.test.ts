import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { lowestIdAt } from '#contracts';
import { createPool, type Pool } from '#database';
import { createLogger } from '#observability';
import { Workbench } from '../testing/workbench.ts';
import { JournalDays } from './journal-days.ts';

const dayMs = 24 * 3_600_000;
const tables = ['events', 'event_values', 'attempts'];

describe('the days of the journal', () => {
  let bench: Workbench;
  let pool: Pool;
  /** When today began (UTC) by the database's clock. */
  let today: number;
  const logger = createLogger('executor', 'silent');

  beforeEach(async () => {
    bench = await Workbench.open();
    pool = createPool(bench.sandbox.executorDatabaseUrl, () => {});
    const { rows } = await pool.query<{ today: string }>(`select (now() at time zone 'UTC')::date::text as today`);
    today = Date.parse(rows[0]!.today);
  });

  afterEach(async () => {
    await pool.end();
    await bench.close();
  });

  const keep = (retentionMs = 10 * dayMs) => new JournalDays(pool, retentionMs, logger).keep();

  /** The name of a day's table, this number of days from today. */
  const nameOf = (table: string, ahead: number) =>
    `${table}_${new Date(today + ahead * dayMs).toISOString().slice(0, 10).replaceAll('-', '')}`;

  /** As an executor made them when they were today. */
  async function makeDays(...aheads: number[]): Promise<void> {
    for (const ahead of aheads) {
      const day = new Date(today + ahead * dayMs).toISOString();
      for (const table of tables) await pool.query('select make_journal_day($1, $2)', [table, day]);
    }
  }

  async function addEvent(time: number): Promise<string> {
    const id = uuidv7({ msecs: time });
    await pool.query(
      `insert into events (id, event_id, type, object_id, partition_key, status, occurred_at, received_at, finished_at,
         revision, skipped, body)
       values ($1, $2, 'clients.create', '12', '12', 'succeeded', $3, $3, $3, 1, '{}', '{}')`,
      [id, `at ${new Date(time).toISOString()}`, new Date(time)],
    );
    return id;
  }

  async function placeOf(id: string): Promise<string | undefined> {
    const { rows } = await pool.query<{ place: string }>(
      'select tableoid::regclass::text as place from events where id = $1',
      [id],
    );
    return rows[0]?.place;
  }

  async function daysOf(table: string): Promise<string[]> {
    const { rows } = await pool.query<{ name: string }>(
      'select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by name',
      [table],
    );
    return rows.map(({ name }) => name).filter((name) => !name.endsWith('_other'));
  }

  it('are made for today and the week ahead, once, however many executors make them at the same time', async () => {
    await Promise.all([keep(), keep(), keep()]);
    for (const table of tables)
      expect(await daysOf(table)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((ahead) => nameOf(table, ahead)));
  });

  it('hold what was received on them, from midnight to midnight of UTC', async () => {
    await keep();
    const midnight = today + dayMs;
    expect(await placeOf(await addEvent(midnight - 1))).toBe(nameOf('events', 0));
    expect(await placeOf(await addEvent(midnight))).toBe(nameOf('events', 1));
  });

  it('take over what was written before they were made', async () => {
    const early = await addEvent(today);
    const beyond = await addEvent(today + 30 * dayMs);
    expect(await placeOf(early)).toBe('events_other');
    await keep();
    expect(await placeOf(early)).toBe(nameOf('events', 0));
    expect(await placeOf(beyond)).toBe('events_other');
  });

  it('go when all of one is older than JOURNAL_RETENTION, and not before', async () => {
    await makeDays(-11, -10);
    const [ancient, over, kept] = [
      await addEvent(today - 400 * dayMs),
      await addEvent(today - 10 * dayMs - 1),
      await addEvent(today - 10 * dayMs),
    ];
    for (const [age, reason] of [
      [10, 'kept'],
      [11, 'over'],
    ] as const) {
      await pool.query(
        `insert into rejected_messages
           (id, rejected_at, reason, message, errors, exchange, routing_key, properties, size, body, fingerprint)
         values ($1, now(), $2, '', '[]', '', '', '{}', 0, '', '')`,
        [uuidv7({ msecs: today - age * dayMs }), reason],
      );
      await pool.query(
        `insert into failures (execution_id, id, journal_id, event_id, event_type, object_id, partition_key, handler_id,
           task_type, origin_id, reason, message, reached, attempts, failed_at, skipped)
         values (gen_random_uuid(), gen_random_uuid(), $1, 'e', '', '1', '1', gen_random_uuid(), 'http',
           gen_random_uuid(), $2, '', 'no', 1, now(), '{}')`,
        [uuidv7({ msecs: today - age * dayMs }), reason],
      );
    }

    await keep();
    expect(await placeOf(ancient)).toBeUndefined();
    expect(await placeOf(over)).toBeUndefined();
    expect(await placeOf(kept)).toBe(nameOf('events', -10));
    for (const table of tables) expect((await daysOf(table))[0]).toBe(nameOf(table, -10));
    expect((await pool.query('select reason from rejected_messages')).rows).toEqual([{ reason: 'kept' }]);
    expect((await pool.query('select reason from failures')).rows).toEqual([{ reason: 'kept' }]);
  });

  it('stay while something of them is younger than the retention, whatever an executor asks for', async () => {
    await makeDays(-1, 0);
    const young = await addEvent(today);
    for (const retention of ['-91 days', '-1 second', null]) {
      const dropping = pool.query(`select drop_journal_days('events', $1)`, [retention]);
      await expect(dropping).rejects.toThrow('nothing of events is kept');
    }
    await pool.query(`select drop_journal_days('events', '0')`);
    expect(await daysOf('events')).toEqual([nameOf('events', 0)]);
    expect(await placeOf(young)).toBe(nameOf('events', 0));
  });

  it('let a list that asks for a time look at its days only', async () => {
    await keep();
    const [from, to] = [lowestIdAt(today + dayMs / 2), lowestIdAt(today + 1.5 * dayMs)];
    const { rows } = await pool.query<Record<string, string>>(
      `explain select id from events where id >= '${from}' and id < '${to}' order by id desc limit 50`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    const read = plan.match(/events_(\d{8}|other)\b/g);
    expect(new Set(read)).toEqual(new Set([nameOf('events', 0), nameOf('events', 1)]));
  });

  it('are in order before an executor takes its first event', async () => {
    await bench.startExecutor();
    const id = await (await bench.billing()).publish({ type: 'clients.create' });
    expect([nameOf('events', 0), nameOf('events', 1)]).toContain(await placeOf((await bench.event(id)).id));
  });
});
