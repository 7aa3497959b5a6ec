import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, type Pool } from '#database';
import { FieldValues, readSearchField, valueHash } from '#search';
import { Workbench } from '../testing/workbench.ts';
import { deferralRow, eventRow } from './journal-rows.ts';
import type { JournalEntry } from './journal-rows.ts';
import { writeEntries } from './journal-statement.ts';
import { behind, runOf, succeeded } from '../testing/runs.ts';
import type { EventEnd } from './run.ts';

const searchFields = ['phone', 'account.login'].map((name) => readSearchField(name)!);
const searched = new FieldValues(searchFields);

function entry(id: string, data: object, end: EventEnd): JournalEntry {
  const run = runOf(id, data);
  return { event: eventRow(run, end, Date.now()), deferrals: end.rest ? [deferralRow(run, end.rest)] : [] };
}

describe('the values of events', () => {
  let bench: Workbench;
  let pool: Pool;

  beforeAll(async () => {
    bench = await Workbench.open();
    pool = createPool(bench.sandbox.executorDatabaseUrl, () => undefined);
  });

  afterAll(async () => {
    await pool.end();
    await bench.close();
  });

  /** The runs that the index has for a value, oldest first. */
  async function indexed(field: string, value: string): Promise<{ event: string; status: string }[]> {
    const { rows } = await pool.query<{ event: string; status: string }>(
      `select event_id as event, status from event_values join events using (id) where hash = $1 order by id`,
      [valueHash({ field, value })],
    );
    return rows;
  }

  it('are indexed with their events, in one statement', async () => {
    await writeEntries(
      pool,
      [
        entry('a', { phone: ['+1', '+2'], account: { login: 'anna' } }, succeeded),
        entry('none', { phone: null }, succeeded),
        entry('b', { phone: '+1' }, succeeded),
      ],
      searched,
    );
    expect(await indexed('phone', '+1')).toMatchObject([{ event: 'a' }, { event: 'b' }]);
    expect(await indexed('phone', '+2')).toMatchObject([{ event: 'a' }]);
    expect(await indexed('account.login', 'anna')).toMatchObject([{ event: 'a' }]);
  });

  it('are indexed once, however often a batch is written', async () => {
    const batch = [entry('again', { phone: '+3' }, succeeded)];
    const troubled = [entry('troubled', { phone: '+3' }, behind)];
    for (let n = 0; n < 2; n++) {
      await writeEntries(pool, batch, searched);
      await writeEntries(pool, troubled, searched);
    }
    expect(await indexed('phone', '+3')).toEqual([
      { event: 'again', status: 'succeeded' },
      { event: 'troubled', status: 'waiting' },
    ]);
  });

  it('are indexed of an event that waits already, and becomes a duplicate', async () => {
    await writeEntries(pool, [entry('twice', { phone: '+4' }, behind)], searched);
    await writeEntries(pool, [entry('twice', { phone: '+4' }, behind)], searched);
    expect(await indexed('phone', '+4')).toEqual([
      { event: 'twice', status: 'waiting' },
      { event: 'twice', status: 'duplicate' },
    ]);
  });

  it('are not indexed without fields', async () => {
    await writeEntries(pool, [entry('plain', { phone: '+5' }, succeeded)]);
    expect(await indexed('phone', '+5')).toEqual([]);
  });

  it('are not there when their event is not', async () => {
    const bad = entry('bad', { phone: '+6' }, succeeded);
    const refused = 'event' in bad ? { ...bad, event: { ...bad.event, traceparent: '\0' } } : bad;
    await expect(writeEntries(pool, [refused], searched)).rejects.toThrow();
    const hash = valueHash({ field: 'phone', value: '+6' });
    expect((await pool.query('select from event_values where hash = $1', [hash])).rowCount).toBe(0);
  });

  it('are found of all that an executor records: events, duplicates, and events that wait', async () => {
    await bench.startExecutor({ searchFields });
    const billing = await bench.billing();
    const id = await billing.publish({ type: 'clients.create', data: { phone: 4915112345 } });
    await bench.event(id);
    await billing.publish({ type: 'clients.create', id, data: { phone: '+7' } });
    const last = await billing.publish({ type: 'clients.create', data: { phone: '+7' } });
    await bench.event(last);
    expect(await indexed('phone', '+7')).toEqual([
      { event: id, status: 'duplicate' },
      { event: last, status: 'succeeded' },
    ]);
    expect(await indexed('phone', '4915112345')).toMatchObject([{ event: id }]);
  });
});
