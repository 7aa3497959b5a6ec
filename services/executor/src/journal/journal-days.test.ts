import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { createPool, lowestIdAt, type Pool } from '#database';
import { createLogger } from '#observability';
import { Workbench } from '../testing/workbench.ts';
import { JournalDays } from './journal-days.ts';

const dayMs = 24 * 3_600_000;
const noon = Date.parse('2026-03-01T12:00:00Z');

describe('the days of the journal', () => {
  let bench: Workbench;
  let pool: Pool;
  const logger = createLogger('executor', 'silent');

  beforeEach(async () => {
    bench = await Workbench.open();
    pool = createPool(bench.sandbox.executorDatabaseUrl, () => {});
  });

  afterEach(async () => {
    await pool.end();
    await bench.close();
  });

  const keepAt = (time: number, retentionMs = 10 * dayMs) =>
    new JournalDays(pool, retentionMs, logger, () => time).keep();

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
    await Promise.all([keepAt(noon), keepAt(noon), keepAt(noon)]);
    const days = ['0301', '0302', '0303', '0304', '0305', '0306', '0307', '0308'];
    expect(await daysOf('events')).toEqual(days.map((day) => `events_2026${day}`));
    expect(await daysOf('attempts')).toEqual(days.map((day) => `attempts_2026${day}`));
  });

  it('hold what was received on them, from midnight to midnight of UTC', async () => {
    await keepAt(noon);
    const midnight = Date.parse('2026-03-02T00:00:00Z');
    expect(await placeOf(await addEvent(midnight - 1))).toBe('events_20260301');
    expect(await placeOf(await addEvent(midnight))).toBe('events_20260302');
  });

  it('take over what was written before they were made', async () => {
    const early = await addEvent(noon);
    const beyond = await addEvent(noon + 30 * dayMs);
    expect(await placeOf(early)).toBe('events_other');
    await keepAt(noon);
    expect(await placeOf(early)).toBe('events_20260301');
    expect(await placeOf(beyond)).toBe('events_other');
  });

  it('go when all of one is older than JOURNAL_RETENTION, and not before', async () => {
    const ancient = await addEvent(noon - 400 * dayMs);
    await keepAt(noon);
    const first = await addEvent(noon);
    const second = await addEvent(noon + dayMs);
    const rejected = uuidv7({ msecs: noon });
    await pool.query(
      `insert into rejected_messages (id, rejected_at, reason, message, errors, exchange, routing_key, properties, size, body)
       values ($1, now(), 'not_json', '', '[]', '', '', '{}', 0, '')`,
      [rejected],
    );

    await keepAt(noon + 10 * dayMs);
    expect(await placeOf(ancient)).toBeUndefined();
    expect(await placeOf(first)).toBe('events_20260301');

    await keepAt(noon + 11 * dayMs);
    expect(await placeOf(first)).toBeUndefined();
    expect(await placeOf(second)).toBe('events_20260302');
    expect((await daysOf('attempts'))[0]).toBe('attempts_20260302');
    expect((await pool.query('select from rejected_messages')).rowCount).toBe(0);
  });

  it('let a list that asks for a time look at its days only', async () => {
    await keepAt(noon);
    const [from, to] = [lowestIdAt(noon), lowestIdAt(noon + dayMs)];
    const { rows } = await pool.query<Record<string, string>>(
      `explain select id from events where id >= '${from}' and id < '${to}' order by id desc limit 50`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    const read = plan.match(/events_(\d{8}|other)\b/g);
    expect(new Set(read)).toEqual(new Set(['events_20260301', 'events_20260302']));
  });

  it('are in order before an executor takes its first event', async () => {
    await bench.startExecutor();
    const id = await (await bench.billing()).publish({ type: 'clients.create' });
    const today = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const yesterday = new Date(Date.now() - 60_000).toISOString().slice(0, 10).replaceAll('-', '');
    expect([`events_${today}`, `events_${yesterday}`]).toContain(await placeOf((await bench.event(id)).id));
  });
});
