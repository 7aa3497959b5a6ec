import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../../test/support/recording-target.ts';
import { Workbench } from '../testing/workbench.ts';

const soon = { maxAttempts: 100, schedule: ['200ms'] };

describe('the slow lane', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  /** What the target answers until a test changes it. */
  let status: number;

  beforeEach(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    status = 503;
    target.reply = (_call, response) => void response.writeHead(status).end();
  });

  afterEach(async () => {
    await bench.close();
    await target.close();
  });

  const task = (path: string) => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} }) as const;
  const add = (name: string, priority: number, retry = soon) =>
    bench.addHandler({ name, event: 'clients.update', task: task(`/${name}`), priority, retry });
  const publish = async (id: string, objectId = 'a') =>
    (await bench.billing()).publish({ type: 'clients.update', id, objectId });
  const waits = (id: string) =>
    eventually(async () => ((await bench.event(id)).status === 'waiting' ? true : undefined));
  const ended = (id: string) =>
    eventually(async () => {
      const row = await bench.event(id);
      return row.status === 'waiting' ? undefined : row;
    });
  const paths = () => target.calls.map(({ path }) => path);

  it('is gone on with by another executor when one stops', async () => {
    await add('first', 1);
    const stopping = await bench.startExecutor();
    await publish('left');
    await publish('behind');
    await waits('behind');
    await stopping.stop();
    const [key] = await bench.database.query<object[]>('select lease_id, lease_until from deferral_keys');
    expect(key).toEqual({ lease_id: null, lease_until: null });
    status = 200;
    await bench.startExecutor();
    expect(await ended('behind')).toMatchObject({ status: 'succeeded' });
    expect(await bench.event('left')).toMatchObject({ status: 'succeeded' });
  });

  it('gives back at the deadline of a stop what is still being called, and counts no attempt for that', async () => {
    await add('first', 1);
    const reached = Promise.withResolvers<undefined>();
    target.reply = ({ headers }, response) => {
      if (headers['provisor-attempt'] === '1') response.writeHead(503).end();
      else reached.resolve(undefined);
    };
    const stopping = await bench.startExecutor({ shutdownTimeoutMs: 100 });
    await publish('hanging');
    await reached.promise;
    await stopping.stop();
    expect((await bench.attempts('hanging')).at(-1)).toMatchObject({ reason: 'aborted', counted: false, number: 2 });
    target.reply = (_call, response) => void response.end();
    await bench.startExecutor();
    expect(await ended('hanging')).toMatchObject({ status: 'succeeded' });
    expect((await bench.attempts('hanging')).at(-1)).toMatchObject({ number: 2, status: 'succeeded' });
  });

  it('does not repeat at another executor what succeeded before the deadline of a stop', async () => {
    await add('first', 1);
    await add('second', 2);
    const reached = Promise.withResolvers<undefined>();
    target.reply = ({ path, headers }, response) => {
      if (path === '/second') reached.resolve(undefined);
      else response.writeHead(headers['provisor-attempt'] === '1' ? 503 : 200).end();
    };
    const stopping = await bench.startExecutor({ shutdownTimeoutMs: 100 });
    await publish('half done');
    await reached.promise;
    await stopping.stop();
    target.reply = (_call, response) => void response.end();
    await bench.startExecutor();
    expect(await ended('half done')).toMatchObject({ status: 'succeeded' });
    expect(paths()).toEqual(['/first', '/first', '/second', '/second']);
  });

  it('leaves a key alone as long as somebody else has its lease, then takes up what the journal says is left', async () => {
    await add('first', 1);
    await add('second', 2);
    const executor = await bench.startExecutor();
    target.reply = ({ path }, response) => void response.writeHead(path === '/second' ? status : 200).end();
    await publish('taken over');
    await waits('taken over');
    await executor.stop();
    // As an executor leaves it that died in the middle of the event, after the second handler had succeeded.
    await bench.database.query(
      `update deferral_keys set lease_id = gen_random_uuid(), lease_until = now() + interval '2 seconds', due_at = now();`,
    );
    await bench.database.query(
      `update attempts set status = 'succeeded', outcome = 'success', next_attempt_at = null
       where handler_id = (select id from handlers where name = 'second')
         and number = (select max(number) from attempts)`,
    );
    target.calls.length = 0;
    await bench.startExecutor();
    await publish('behind it');
    status = 200;
    expect(await ended('behind it')).toMatchObject({ status: 'succeeded' });
    expect(await bench.event('taken over')).toMatchObject({ status: 'succeeded' });
    expect(target.calls.map(({ headers }) => headers['provisor-event-id'])).toEqual(['behind it', 'behind it']);
  });

  it('calls a handler as it is now: a corrected target helps the events that wait for it', async () => {
    const id = await add('wrong', 1);
    await bench.startExecutor();
    await publish('corrected');
    await waits('corrected');
    status = 200;
    target.reply = ({ path }, response) => void response.writeHead(path === '/right' ? 200 : 503).end();
    await bench.change('handlers', id, { task: task('/right') });
    expect(await ended('corrected')).toMatchObject({ status: 'succeeded' });
    expect(paths().at(-1)).toBe('/right');
  });

  it('is no longer held up by a handler that was disabled, and says so', async () => {
    const id = await add('stuck', 1);
    const after = await add('after', 2);
    await bench.startExecutor();
    target.reply = ({ path }, response) => void response.writeHead(path === '/stuck' ? 503 : 200).end();
    await publish('freed');
    await waits('freed');
    await bench.change('handlers', id, { status: 'disabled' });
    expect(await ended('freed')).toMatchObject({ status: 'succeeded', skipped: [id] });
    expect((await bench.attempts('freed')).slice(-2)).toMatchObject([
      { handler_id: id, status: 'skipped', reason: 'handler_disabled', counted: false },
      { handler_id: after, status: 'succeeded' },
    ]);
  });

  it('does not run handlers that are newer than the event', async () => {
    await add('old', 1);
    await bench.startExecutor();
    await publish('began before');
    await waits('began before');
    await add('new', 2);
    status = 200;
    await ended('began before');
    expect(paths()).not.toContain('/new');
  });

  it('takes the events of a handler that is at its limit, and gives it turns as it has them', async () => {
    const release = Promise.withResolvers<undefined>();
    await bench.addHandler({
      name: 'one',
      event: 'clients.update',
      task: task('/one'),
      maxConcurrency: 1,
      retry: soon,
    });
    await bench.addHandler({ name: 'free', event: 'clients.create', task: task('/free'), retry: soon });
    await bench.startExecutor();
    let open = 0;
    let most = 0;
    target.reply = async ({ path }, response) => {
      if (path === '/one') {
        most = Math.max(most, ++open);
        await release.promise;
        open--;
      }
      response.end();
    };
    const ids = Array.from({ length: 6 }, (_, n) => `busy-${n}`);
    for (const id of ids) await publish(id, id);
    await eventually(async () => {
      const rows = await bench.database.query<{ reason: string }[]>('select reason from deferral_keys');
      return rows.length === 5 && rows.every(({ reason }) => reason === 'handler_busy') ? true : undefined;
    });
    await (await bench.billing()).publish({ type: 'clients.create', id: 'not busy', objectId: 'x' });
    expect(await ended('not busy')).toMatchObject({ status: 'succeeded' });
    release.resolve(undefined);
    for (const id of ids) expect(await ended(id)).toMatchObject({ status: 'succeeded' });
    expect(most).toBe(1);
    const attempts = await Promise.all(ids.map((id) => bench.attempts(id)));
    expect(attempts.map((made) => made.map(({ number }) => number))).toEqual(ids.map(() => [1]));
  });

  it('takes the events of a handler whose calls nearly all fail, and one that succeeds opens the way again', async () => {
    await add('dead', 1, { maxAttempts: 100, schedule: ['10m'] });
    await bench.startExecutor();
    for (let n = 0; n < 20; n++) await publish(`dead-${n}`, `dead-${n}`);
    for (let n = 0; n < 20; n++) await waits(`dead-${n}`);
    await publish('not tried', 'not tried');
    await waits('not tried');
    const reported = await eventually(async () => {
      const [row] = await bench.database.query<{ circuits: { open: boolean; openings: number }[] }[]>(
        'select circuits from executors',
      );
      return row?.circuits[0];
    });
    expect(reported).toMatchObject({ open: true, openings: 1 });
    // Due at once, it is a probe.
    status = 200;
    await publish('probe', 'probe');
    expect(await ended('probe')).toMatchObject({ status: 'succeeded' });
    await publish('straight through', 'straight through');
    expect(await ended('straight through')).toMatchObject({ status: 'succeeded' });
    expect((await bench.attempts('straight through')).length).toBe(1);
  });
});
