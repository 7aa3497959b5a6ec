import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../../test/support/recording-target.ts';
import { Workbench } from '../testing/workbench.ts';

const soon = { maxAttempts: 5, schedule: ['300ms'] };

describe('an event that has to wait', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  /** Answers by path; 200 where there is none. */
  const answers = new Map<string, (call: number) => number>();
  const callTimes = new Map<string, number[]>();

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    target.reply = ({ path }, response) => {
      const times = callTimes.get(path) ?? [];
      callTimes.set(path, [...times, performance.now()]);
      response.writeHead(answers.get(path)?.(times.length + 1) ?? 200).end();
    };
    const task = (path: string) => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} }) as const;
    const add = (event: string, path: string, priority: number, onFailure: 'stop' | 'continue' | 'detach' = 'stop') =>
      bench.addHandler({ name: path, event, task: task(path), priority, onFailure, retry: soon });
    await add('clients.create', '/before', 1);
    await add('clients.create', '/stop', 2);
    await add('clients.create', '/after-stop', 3);
    await add('clients.update', '/continue', 1, 'continue');
    await add('clients.update', '/after-continue', 2);
    await add('clients.delete', '/detach', 1, 'detach');
    await add('clients.delete', '/after-detach', 2);
    await bench.startExecutor();
    await bench.startExecutor();
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  beforeEach(() => {
    answers.clear();
    callTimes.clear();
    target.calls.length = 0;
  });

  const publish = async (type: string, id: string, objectId: string) =>
    (await bench.billing()).publish({ type, id, objectId });
  const callsTo = (path: string) =>
    target.calls.filter((call) => call.path === path).map(({ headers }) => headers['provisor-event-id']);
  const ended = (id: string) =>
    eventually(async () => {
      const row = await bench.event(id);
      return row.status === 'waiting' ? undefined : row;
    });
  const nothingWaits = async () => {
    const [left] = await bench.database.query<{ keys: number; events: number }[]>(
      'select (select count(*)::integer from deferral_keys) as keys, (select count(*)::integer from deferrals) as events',
    );
    expect(left).toEqual({ keys: 0, events: 0 });
  };

  it('is retried until it succeeds, and only then the events of its key follow, in order, none twice', async () => {
    answers.set('/stop', (call) => (call <= 3 ? 503 : 200));
    const ids = ['first', 'second', 'third', 'fourth'];
    for (const id of ids) await publish('clients.create', id, 'a');
    expect(await ended('fourth')).toMatchObject({ status: 'succeeded' });
    expect(callsTo('/stop')).toEqual(['first', 'first', 'first', 'first', 'second', 'third', 'fourth']);
    expect(callsTo('/before')).toEqual(ids);
    expect(callsTo('/after-stop')).toEqual(ids);
    expect(target.calls.map(({ path }) => path).slice(0, 7)).toEqual([
      '/before',
      '/stop',
      '/stop',
      '/stop',
      '/stop',
      '/after-stop',
      '/before',
    ]);
    const attempts = (await bench.attempts('first')).filter(({ position }) => position === 2);
    expect(attempts).toMatchObject([
      { number: 1, status: 'waiting', reason: 'http_status', next_attempt_at: expect.any(Date) },
      { number: 2, status: 'waiting' },
      { number: 3, status: 'waiting' },
      { number: 4, status: 'succeeded', next_attempt_at: null },
    ]);
    expect(new Set(attempts.map(({ execution_id }) => execution_id)).size).toBe(1);
    const sent = target.calls.filter(({ path }) => path === '/stop').slice(0, 4);
    expect(sent.map(({ headers }) => headers['provisor-attempt'])).toEqual(['1', '2', '3', '4']);
    expect(await bench.event('first')).toMatchObject({ finished_at: expect.any(Date), failed: false, skipped: [] });
    await nothingWaits();
  });

  it('is never tried earlier than its schedule says', async () => {
    answers.set('/stop', (call) => (call <= 4 ? 503 : 200));
    await publish('clients.create', 'scheduled', 'scheduled');
    await ended('scheduled');
    const times = callTimes.get('/stop')!;
    const waits = times.slice(1).map((time, index) => time - times[index]!);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(300);
    expect(waits).toHaveLength(4);
  });

  it('holds no other key', async () => {
    const release = Promise.withResolvers<undefined>();
    let released = false;
    void release.promise.then(() => (released = true));
    answers.set('/stop', () => (released ? 200 : 503));
    await publish('clients.create', 'held', 'held');
    await eventually(async () => ((await bench.event('held')).status === 'waiting' ? true : undefined));
    for (let n = 0; n < 5; n++) await publish('clients.update', `free-${n}`, `free-${n}`);
    for (let n = 0; n < 5; n++) expect(await ended(`free-${n}`)).toMatchObject({ status: 'succeeded' });
    expect(await bench.event('held')).toMatchObject({ status: 'waiting', finished_at: null });
    release.resolve(undefined);
    expect(await ended('held')).toMatchObject({ status: 'succeeded' });
  });

  it('with onFailure stop fails when its attempts are used up, skips what follows, and lets its key go on', async () => {
    answers.set('/stop', (call) => (call <= 5 ? 500 : 200));
    await publish('clients.create', 'hopeless', 'b');
    await publish('clients.create', 'hopeful', 'b');
    expect(await ended('hopeful')).toMatchObject({ status: 'succeeded' });
    const handlers = await bench.database.query<{ id: string }[]>(`select id from handlers where name = '/after-stop'`);
    expect(await bench.event('hopeless')).toMatchObject({ status: 'failed', failed: true, skipped: [handlers[0]!.id] });
    expect(callsTo('/stop')).toEqual([...Array.from({ length: 5 }, () => 'hopeless'), 'hopeful']);
    expect(callsTo('/after-stop')).toEqual(['hopeful']);
    expect((await bench.attempts('hopeless')).at(-1)).toMatchObject({ number: 5, status: 'failed' });
  });

  it('with onFailure continue holds what follows until its attempts are used up, and no longer', async () => {
    answers.set('/continue', () => 500);
    await publish('clients.update', 'continued', 'c');
    expect(await ended('continued')).toMatchObject({ status: 'failed', skipped: [] });
    expect(target.calls.map(({ path }) => path)).toEqual([
      ...Array.from({ length: 5 }, () => '/continue'),
      '/after-continue',
    ]);
  });

  it('with onFailure detach is retried on the side, and holds nobody', async () => {
    answers.set('/detach', (call) => (call === 1 ? 503 : 200));
    await publish('clients.delete', 'detached', 'd');
    await publish('clients.delete', 'not held', 'd');
    expect(await ended('not held')).toMatchObject({ status: 'succeeded' });
    expect(await ended('detached')).toMatchObject({ status: 'succeeded' });
    expect(target.calls.map(({ path, headers }) => [path, headers['provisor-event-id']])).toEqual([
      ['/detach', 'detached'],
      ['/after-detach', 'detached'],
      ['/detach', 'not held'],
      ['/after-detach', 'not held'],
      ['/detach', 'detached'],
    ]);
    await nothingWaits();
  });

  it('fails in the end when what was detached does', async () => {
    answers.set('/detach', () => 500);
    await publish('clients.delete', 'detached in vain', 'd');
    expect(
      await eventually(async () => ((await bench.event('detached in vain')).status === 'failed' ? 1 : undefined)),
    ).toBe(1);
    expect(callsTo('/after-detach')).toEqual(['detached in vain']);
    expect(callsTo('/detach')).toHaveLength(5);
    await nothingWaits();
  });

  it('that is published again meanwhile is recorded as a duplicate, and not run twice', async () => {
    answers.set('/stop', (call) => (call === 1 ? 503 : 200));
    await publish('clients.create', 'again', 'e');
    await eventually(async () => ((await bench.event('again')).status === 'waiting' ? true : undefined));
    await publish('clients.create', 'again', 'e');
    const rows = await eventually(async () => {
      const found = await bench.database.query<{ status: string }[]>(
        `select status from events where event_id = 'again' and status <> 'waiting' order by id`,
      );
      return found.length === 2 ? found : undefined;
    });
    expect(rows.map(({ status }) => status)).toEqual(['succeeded', 'duplicate']);
    expect(callsTo('/before')).toEqual(['again']);
    expect(callsTo('/stop')).toHaveLength(2);
  });

  it('of many keys is gone on with in the order of each', async () => {
    answers.set('/stop', (call) => (call <= 60 ? 503 : 200));
    const ids = Array.from({ length: 120 }, (_, n) => `many-${n}`);
    for (const [n, id] of ids.entries()) await publish('clients.create', id, `many-${n % 40}`);
    for (const id of ids) expect(await ended(id)).toMatchObject({ status: 'succeeded' });
    for (let key = 0; key < 40; key++) {
      const ofKey = ids.filter((_, n) => n % 40 === key);
      expect(callsTo('/after-stop').filter((id) => ofKey.includes(String(id)))).toEqual(ofKey);
    }
    await nothingWaits();
  });
});
