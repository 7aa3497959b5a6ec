import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { decodeBillingEvent, noHandler } from '#contracts';
import { createPool, type Pool } from '#database';
import { FieldValues, readSearchField, valueHash } from '#search';
import { Workbench } from '../testing/workbench.ts';
import { deferralRow, eventRow } from './journal-rows.ts';
import type { JournalEntry } from './journal-rows.ts';
import { writeEntries } from './journal-statement.ts';
import type { EventEnd, Run } from './run.ts';

const searchFields = ['phone', 'account.login'].map((name) => readSearchField(name)!);
const searched = new FieldValues(searchFields);

const ended: EventEnd = { status: 'succeeded', failed: false, skipped: [], disabled: [], rest: null, detached: [] };
const rest = {
  key: '1',
  detached: false,
  handlerId: noHandler,
  reason: 'behind',
  cause: null,
  delayMs: 0,
  progress: null,
} as const;
const waiting: EventEnd = { ...ended, status: 'waiting', rest };

function entry(id: string, data: object, end: EventEnd): JournalEntry {
  const body = { event: { id, dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 1 }, data };
  const event = decodeBillingEvent(Buffer.from(JSON.stringify(body)), { headers: { 'partition-key': '1' } });
  const run: Run = {
    journalId: uuidv7(),
    event,
    receivedAt: new Date(),
    revision: 1,
    replay: null,
    resumed: false,
    testId: null,
    attempts: [],
  };
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
        entry('a', { phone: ['+1', '+2'], account: { login: 'anna' } }, ended),
        entry('none', { phone: null }, ended),
        entry('b', { phone: '+1' }, ended),
      ],
      searched,
    );
    expect(await indexed('phone', '+1')).toMatchObject([{ event: 'a' }, { event: 'b' }]);
    expect(await indexed('phone', '+2')).toMatchObject([{ event: 'a' }]);
    expect(await indexed('account.login', 'anna')).toMatchObject([{ event: 'a' }]);
  });

  it('are indexed once, however often a batch is written', async () => {
    const batch = [entry('again', { phone: '+3' }, ended)];
    const troubled = [entry('troubled', { phone: '+3' }, waiting)];
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
    await writeEntries(pool, [entry('twice', { phone: '+4' }, waiting)], searched);
    await writeEntries(pool, [entry('twice', { phone: '+4' }, waiting)], searched);
    expect(await indexed('phone', '+4')).toEqual([
      { event: 'twice', status: 'waiting' },
      { event: 'twice', status: 'duplicate' },
    ]);
  });

  it('are not indexed without fields', async () => {
    await writeEntries(pool, [entry('plain', { phone: '+5' }, ended)]);
    expect(await indexed('phone', '+5')).toEqual([]);
  });

  it('are not there when their event is not', async () => {
    const bad = entry('bad', { phone: '+6' }, ended);
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
