import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { lowestIdAt, operationChangedPattern, type OperationKind } from '#contracts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Requester } from '../../../test/support/requester.ts';
import { Workbench } from './testing/workbench.ts';

const soon = { maxAttempts: 2, schedule: ['100ms'] };

interface FailureRow {
  execution_id: string;
  event_id: string;
  handler_id: string;
  reason: string;
  reached: string;
  attempts: number;
  skipped: string[];
  open: boolean;
  recovered_at: Date | null;
  operation_id: string | null;
}

interface RunRow {
  total: number;
  released: number;
  succeeded: number;
  failed: number;
  unneeded: number;
  canary_outcome: string | null;
  finished_at: Date | null;
}

describe('a failure', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let requester: Requester;
  const handlers = new Map<string, string>();
  /** Answers by path; 200 where there is none. */
  const answers = new Map<string, (call: number) => number>();
  const calls = new Map<string, number>();

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    target.reply = ({ path }, response) => {
      const call = (calls.get(path) ?? 0) + 1;
      calls.set(path, call);
      const status = answers.get(path)?.(call) ?? 200;
      // An answer that never comes.
      if (status === 0) return;
      response.writeHead(status).end();
    };
    const task = (url: string) => ({ type: 'http', url, method: 'POST', headers: {} }) as const;
    const add = async (name: string, event: string, priority: number, further: object = {}) => {
      const task_ = task(target.url(`/${name}`));
      handlers.set(name, await bench.addHandler({ name, event, task: task_, priority, retry: soon, ...further }));
    };
    await add('before', 'clients.create', 1);
    await add('fails', 'clients.create', 2);
    await add('after', 'clients.create', 3);
    await add('beside', 'clients.update', 1, { onFailure: 'detach' });
    await add('hangs', 'clients.delete', 1, { timeoutMs: 200 });
    handlers.set(
      'refused',
      await bench.addHandler({
        name: 'refused',
        event: 'clients.archive',
        task: task('http://127.0.0.1:1/'),
        retry: soon,
      }),
    );
    await bench.startExecutor();
    await bench.startExecutor();
    requester = await Requester.connect(bench.sandbox.amqpUrl);
  });

  afterAll(async () => {
    await requester.close();
    await bench.close();
    await target.close();
  });

  beforeEach(() => {
    answers.clear();
    calls.clear();
    target.calls.length = 0;
  });

  const id = (name: string) => handlers.get(name)!;
  const publish = async (type: string, eventId: string, objectId = eventId) =>
    (await bench.billing()).publish({ type, id: eventId, objectId });
  const ended = (eventId: string, status: string) =>
    eventually(async () => {
      const [row] = await bench.database.query<{ status: string }[]>('select status from events where event_id = $1', [
        eventId,
      ]);
      return row?.status === status ? true : undefined;
    });
  const failures = (eventId: string): Promise<FailureRow[]> =>
    bench.database.query('select * from failures where event_id = $1 order by id', [eventId]);
  const callsTo = (name: string) =>
    target.calls.filter(({ path }) => path === `/${name}`).map(({ headers }) => headers['provisor-event-id']);

  /** Asks for an operation as the registry does. */
  const operation = async (kind: OperationKind, request: Record<string, unknown> = {}): Promise<string> => {
    const columns: Record<string, unknown> = { id: uuidv7(), kind, created_by: 'test', filter: {}, ...request };
    const names = Object.keys(columns);
    await bench.database.query(
      `insert into operations (created_at, ${names.join(', ')}) values (clock_timestamp(), ${names.map((_, n) => `$${n + 1}`).join(', ')})`,
      Object.values(columns),
    );
    requester.tell(operationChangedPattern, {});
    return columns['id'] as string;
  };
  const run = async (operationId: string): Promise<RunRow | undefined> =>
    (await bench.database.query<RunRow[]>('select * from operation_runs where operation_id = $1', [operationId]))[0];
  const finished = (operationId: string) =>
    eventually(async () => {
      const row = await run(operationId);
      return row?.finished_at ? row : undefined;
    });
  const nothingWaits = async () => {
    const [left] = await bench.database.query<object[]>(
      'select (select count(*)::integer from deferral_keys) as keys, (select count(*)::integer from deferrals) as events',
    );
    expect(left).toEqual({ keys: 0, events: 0 });
  };

  it('is opened with the attempt that fails, and names what was skipped because of it', async () => {
    answers.set('/fails', () => 400);
    await publish('clients.create', 'opened');
    await ended('opened', 'failed');
    expect(await failures('opened')).toMatchObject([
      {
        handler_id: id('fails'),
        reason: 'http_status',
        reached: 'yes',
        attempts: 1,
        skipped: [id('after')],
        open: true,
        recovered_at: null,
      },
    ]);
  });

  it.each([
    ['clients.archive', 'refused', 'no', 2],
    ['clients.delete', 'hangs', 'maybe', 2],
  ])('of %s tells whether a call has arrived: %s, %s', async (type, name, reached, attempts) => {
    answers.set('/hangs', () => 0);
    await publish(type, `reached ${reached}`);
    await ended(`reached ${reached}`, 'failed');
    expect(await failures(`reached ${reached}`)).toMatchObject([
      { handler_id: id(name), reached, attempts, skipped: [] },
    ]);
    expect((await bench.attempts(`reached ${reached}`)).map((attempt) => attempt.reached)).toEqual([reached, reached]);
  });

  it('is settled by a resume, which calls what failed and what was skipped, with the ids they had', async () => {
    answers.set('/fails', (call) => (call === 1 ? 400 : 200));
    await publish('clients.create', 'resumed');
    await ended('resumed', 'failed');
    const [failed] = await failures('resumed');
    const operationId = await operation('resume', { event_id: 'resumed' });
    expect(await finished(operationId)).toMatchObject({ total: 1, released: 1, succeeded: 1, failed: 0 });
    await ended('resumed', 'succeeded');
    expect(target.calls.map(({ path }) => path)).toEqual(['/before', '/fails', '/fails', '/after']);
    expect(new Set(target.calls.slice(1, 3).map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([failed!.execution_id]),
    );
    expect(target.calls.map(({ headers }) => headers['provisor-attempt'])).toEqual(['1', '1', '2', '1']);
    expect(await failures('resumed')).toMatchObject([
      { open: false, recovered_at: expect.any(Date), operation_id: null },
    ]);
    expect(await bench.event('resumed')).toMatchObject({ failed: false, skipped: [] });
    await nothingWaits();
  });

  it('of an event that is weeks old is resumed like any other', async () => {
    answers.set('/fails', (call) => (call === 1 ? 400 : 200));
    await publish('clients.create', 'weeks old');
    await ended('weeks old', 'failed');
    // The ids of the journal are UUIDv7: 48 bits of time.
    const time = lowestIdAt(Date.now() - 20 * 24 * 3_600_000).slice(0, 13);
    const older = (id: string) => `(overlay(${id}::text placing '${time}' from 1 for 13))::uuid`;
    await bench.database.query(
      `update events set id = ${older('id')}, received_at = now() - interval '20 days' where event_id = 'weeks old'`,
    );
    await bench.database.query(`update attempts set id = ${older('id')} where event_id = 'weeks old'`);
    await bench.database.query(
      `update failures set id = ${older('id')}, journal_id = ${older('journal_id')} where event_id = 'weeks old'`,
    );
    expect(await finished(await operation('resume', { event_id: 'weeks old' }))).toMatchObject({ succeeded: 1 });
    await ended('weeks old', 'succeeded');
    expect(callsTo('before')).toHaveLength(1);
    expect(callsTo('fails')).toHaveLength(2);
    expect(callsTo('after')).toHaveLength(1);
  });

  it('that is resumed in vain has the attempts of its policy once more, and stays open', async () => {
    answers.set('/fails', () => 503);
    await publish('clients.create', 'in vain');
    await ended('in vain', 'failed');
    const operationId = await operation('resume', { event_id: 'in vain' });
    expect(await finished(operationId)).toMatchObject({ succeeded: 0, failed: 1 });
    await ended('in vain', 'failed');
    expect(callsTo('fails')).toHaveLength(4);
    expect(callsTo('after')).toEqual([]);
    expect(await failures('in vain')).toMatchObject([{ open: true, attempts: 4, skipped: [id('after')] }]);
    expect(await bench.event('in vain')).toMatchObject({ failed: true, skipped: [id('after')] });
    await nothingWaits();
  });

  it('is resumed once, however often it is asked for, and not when nothing is left', async () => {
    answers.set('/fails', (call) => (call === 1 ? 400 : 200));
    await publish('clients.create', 'often');
    await ended('often', 'failed');
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push(await operation('resume', { event_id: 'often' }));
    const runs = await Promise.all(ids.map(finished));
    await ended('often', 'succeeded');
    expect(callsTo('fails')).toHaveLength(2);
    expect(callsTo('after')).toHaveLength(1);
    expect(runs.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(1);
    expect(runs.every(({ failed }) => failed === 0)).toBe(true);
  });

  it('takes its turn among the events of its key when it is resumed', async () => {
    answers.set('/fails', (call) => (call === 1 ? 400 : 200));
    await publish('clients.create', 'first', 'turn');
    await ended('first', 'failed');
    await publish('clients.create', 'second', 'turn');
    await ended('second', 'succeeded');
    answers.set('/before', (call) => (call <= 3 ? 503 : 200));
    // This one waits, and the resumed one behind it.
    await publish('clients.create', 'third', 'turn');
    await ended('third', 'waiting');
    const operationId = await operation('resume', { event_id: 'first' });
    await finished(operationId);
    await publish('clients.create', 'fourth', 'turn');
    await ended('fourth', 'succeeded');
    expect(callsTo('after').filter((each) => each !== 'second')).toEqual(['third', 'first', 'fourth']);
  });

  it('is settled by a replay that succeeds, and not by one that fails', async () => {
    answers.set('/fails', (call) => (call <= 2 ? 400 : 200));
    await publish('clients.create', 'replayed');
    await ended('replayed', 'failed');
    await finished(await operation('replay', { event_id: 'replayed' }));
    await eventually(async () => ((await failures('replayed')).length === 2 ? true : undefined));
    expect((await failures('replayed')).map(({ open }) => open)).toEqual([true, true]);
    await finished(await operation('replay', { event_id: 'replayed' }));
    await eventually(async () => ((await failures('replayed')).every(({ open }) => !open) ? true : undefined));
    expect(callsTo('after')).toHaveLength(1);
  });

  it('is settled by a replay of the event as a person has edited it', async () => {
    answers.set('/fails', (call) => (call === 1 ? 400 : 200));
    await publish('clients.create', 'wrong');
    await ended('wrong', 'failed');
    const edited = {
      event: { id: 'right', dt: '2026-03-01T09:15:00Z', events_id: 'clients.create', object_id: 5 },
      data: { ok: 1 },
    };
    await finished(
      await operation('replay', { event_id: 'wrong', edited_event: JSON.stringify(edited), edited_event_id: 'right' }),
    );
    await ended('right', 'succeeded');
    expect(await bench.event('right')).toMatchObject({ replay_of: 'wrong' });
    expect(await failures('wrong')).toMatchObject([{ open: false }]);
    expect(target.calls.at(-1)!.headers['provisor-event-id']).toBe('right');
  });

  it('of a detached execution is resumed alone', async () => {
    answers.set('/beside', (call) => (call <= 2 ? 503 : 200));
    await publish('clients.update', 'beside');
    await ended('beside', 'failed');
    await finished(await operation('resume', { filter: { handlerId: id('beside') } }));
    await ended('beside', 'succeeded');
    expect(await failures('beside')).toMatchObject([{ open: false, attempts: 2 }]);
    await nothingWaits();
  });

  it('whose handler is gone stays open, and what it stopped runs', async () => {
    answers.set('/fails', () => 400);
    await publish('clients.create', 'gone');
    await ended('gone', 'failed');
    await bench.change('handlers', id('fails'), { status: 'disabled' });
    expect(await finished(await operation('resume', { event_id: 'gone' }))).toMatchObject({ succeeded: 1 });
    await ended('gone', 'failed');
    await bench.change('handlers', id('fails'), { status: 'enabled' });
    expect(callsTo('after')).toEqual(['gone']);
    expect(callsTo('fails')).toHaveLength(1);
    expect(await failures('gone')).toMatchObject([{ open: true }]);
  });

  it('that a person has settled lets what it stopped run', async () => {
    answers.set('/fails', () => 400);
    await publish('clients.create', 'by hand');
    await ended('by hand', 'failed');
    await bench.database.query(
      `update failures set settled_as = 'done_by_hand', settled_at = now(), settled_by = 'me' where event_id = 'by hand'`,
    );
    expect(await finished(await operation('resume', { event_id: 'by hand' }))).toMatchObject({ succeeded: 1 });
    expect(callsTo('fails')).toHaveLength(1);
    expect(callsTo('after')).toEqual(['by hand']);
  });

  it('stays as it is when the canary of a resume fails', async () => {
    answers.set('/fails', () => 400);
    const ids = ['canary 1', 'canary 2', 'canary 3'];
    for (const eventId of ids) {
      await publish('clients.create', eventId);
      await ended(eventId, 'failed');
    }
    const executions = (await Promise.all(ids.map(failures))).map(([failure]) => failure!.execution_id);
    const request = { execution_ids: executions, canary: 1 };
    expect(await finished(await operation('resume', request))).toMatchObject({
      total: 3,
      released: 1,
      failed: 1,
      canary_outcome: 'failed',
    });
    expect(callsTo('fails')).toEqual([...ids, 'canary 1']);
    answers.clear();
    expect(await finished(await operation('resume', request))).toMatchObject({
      total: 3,
      released: 3,
      succeeded: 3,
      canary_outcome: 'succeeded',
    });
    for (const eventId of ids) await ended(eventId, 'succeeded');
  });

  it('does not hold a retry of all keys that wait, and a skip gives them up', async () => {
    answers.set('/before', () => 503);
    await bench.database.query(
      `update handlers set retry = '{"maxAttempts": 5, "schedule": ["1h"]}' where name = 'before'`,
    );
    await bench.change('handlers', id('before'), { status: 'enabled' });
    const ids = ['waits 1', 'waits 2', 'waits 3', 'waits 4'];
    for (const eventId of ids) {
      await publish('clients.create', eventId);
      await ended(eventId, 'waiting');
    }
    const filter = { handlerId: id('before'), reason: 'http_status' };
    expect(await finished(await operation('retry', { filter, canary: 2 }))).toMatchObject({
      total: 4,
      failed: 2,
      canary_outcome: 'failed',
    });
    expect(callsTo('before')).toHaveLength(6);
    answers.clear();
    const some = { ...filter, partitionKeys: ['waits 1', 'waits 2'] };
    expect(await finished(await operation('retry', { filter: some }))).toMatchObject({
      total: 2,
      succeeded: 2,
      failed: 0,
    });
    for (const eventId of ids.slice(0, 2)) await ended(eventId, 'succeeded');
    expect(await finished(await operation('skip', { filter }))).toMatchObject({ total: 2, succeeded: 2 });
    for (const eventId of ids.slice(2)) await ended(eventId, 'failed');
    expect(await failures('waits 4')).toMatchObject([{ reason: 'given_up', reached: 'yes', attempts: 1, open: true }]);
    await nothingWaits();
  });
});
