import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation, type RunningExecutor } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

interface Operation {
  id: string;
  status: string;
  total: number;
  done: number;
  succeeded: number;
  failed: number;
  canary: { size: number; outcome: string | null } | null;
}

interface Arrival {
  path: string;
  event: string;
  execution: string;
  key: string;
  at: number;
  ok: boolean;
}

interface Waiting {
  keys: number;
  events: number;
}

const keys = Array.from({ length: 120 }, (_, n) => `client ${n}`);
const failed = keys.slice(0, 30);
const perSecond = 50;

describe('operations, while executors are killed', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let target: RecordingTarget;
  let billing: Billing;
  const executors: RunningExecutor[] = [];
  const arrivals: Arrival[] = [];
  /** Paths that answer 503, or with another status. */
  const broken = new Map([
    ['/switch', 503],
    ['/wrong', 400],
  ]);
  const canary = {} as { ended: Operation; waiting: Waiting };
  let retried: Operation;
  let resumed: Operation;
  let groups: object[];

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    for (let n = 0; n < 3; n++) executors.push(await installation.startExecutor());
    target = await RecordingTarget.listen();
    target.reply = ({ path, headers, body }, response) => {
      const status = broken.get(path) ?? 200;
      const { event } = JSON.parse(body) as { event: { id: string; object_id: string } };
      const execution = String(headers['webhook-id']);
      arrivals.push({
        path,
        event: event.id,
        execution,
        key: event.object_id,
        at: performance.now(),
        ok: status < 300,
      });
      response.writeHead(status).end();
    };
    billing = await Billing.connect(installation.servers.amqpUrl);
    await runOperations();
  }, 240_000);

  afterAll(async () => {
    await billing.close();
    await installation.stop();
    await target.close();
    await sandbox.dispose();
  });

  const handler = (name: string, event: string, priority: number, further: object = {}) =>
    installation.json<{ id: string }>('POST', '/handlers', {
      name,
      event,
      task: { type: 'http', url: target.url(`/${name}`) },
      priority,
      ...further,
    });
  const operation = (id: string) => installation.json<Operation>('GET', `/operations/${id}`);
  const over = (id: string) =>
    eventually(async () => {
      const found = await operation(id);
      return ['finished', 'stopped'].includes(found.status) ? found : undefined;
    });
  const done = (id: string, count: number) =>
    eventually(async () => ((await operation(id)).done >= count ? true : undefined), 30_000);
  const events = async (status: string, type: string) =>
    (await installation.json<{ items: { id: string }[] }>('GET', `/events?status=${status}&type=${type}&limit=200`))
      .items;
  const reached = (status: string, type: string, count: number) =>
    eventually(async () => ((await events(status, type)).length === count ? true : undefined), 60_000);
  const replaceExecutor = async () => {
    const killed = executors.shift()!;
    process.kill(killed.process.pid, 'SIGKILL');
    executors.push(await installation.startExecutor());
  };
  /** Events whose call to the path succeeded, in that order, by key; a repeat of the last one counts once. */
  const successes = (path: string) => {
    const byKey = Map.groupBy(
      arrivals.filter((arrival) => arrival.path === path && arrival.ok),
      ({ key }) => key,
    );
    return new Map(
      [...byKey].map(([key, ofKey]) => [
        key,
        ofKey.map(({ event }) => event).filter((id, n, all) => id !== all[n - 1]),
      ]),
    );
  };

  /** Two operations at the same time, while one executor after another is killed. */
  const runOperations = async (): Promise<void> => {
    const retry = { maxAttempts: 10, schedule: ['1h'] };
    const { id: handlerId } = await handler('switch', 'clients.update', 1, { retry });
    await handler('first', 'clients.create', 1);
    const wrong = await handler('wrong', 'clients.create', 2);
    await handler('last', 'clients.create', 3);
    for (const key of failed) await billing.publish({ type: 'clients.create', id: `${key} created`, objectId: key });
    await reached('failed', 'clients.create', failed.length);
    for (const key of keys) await billing.publish({ type: 'clients.update', id: `${key} first`, objectId: key });
    for (const key of keys) await billing.publish({ type: 'clients.update', id: `${key} second`, objectId: key });
    const filter = { handlerId, reason: 'http_status' };
    const waiting = () => installation.json<Waiting>('POST', '/deferrals/preview', { filter });
    await eventually(async () => ((await waiting()).events === 2 * keys.length ? true : undefined), 30_000);
    const request = { filter, canary: 3, perSecond };
    const failing = await installation.json<Operation>('POST', '/deferrals/retry', request);
    canary.ended = await over(failing.id);
    canary.waiting = await waiting();

    groups = (await installation.json<{ items: object[] }>('GET', `/failures/groups?handlerId=${wrong.id}`)).items;
    broken.clear();
    const task = { type: 'http', url: target.url('/right') };
    await installation.json('PATCH', `/handlers/${wrong.id}`, { task });
    const retrying = await installation.json<Operation>('POST', '/deferrals/retry', request);
    const resume = { filter: { handlerId: wrong.id }, canary: 2, perSecond: 20 };
    const resuming = await installation.json<Operation>('POST', '/failures/resume', resume);
    for (const count of [20, 60]) {
      await done(retrying.id, count);
      await replaceExecutor();
    }
    [retried, resumed] = await Promise.all([over(retrying.id), over(resuming.id)]);
    await reached('succeeded', 'clients.create', failed.length);
    await reached('waiting', 'clients.update', 0);
  };

  it('try a canary first, and leave the rest alone when it fails', () => {
    expect(canary.ended).toMatchObject({
      status: 'stopped',
      total: keys.length,
      done: 3,
      failed: 3,
      canary: { size: 3, outcome: 'failed' },
    });
    expect(canary.waiting).toEqual({ keys: keys.length, events: 2 * keys.length });
  });

  it('retry all keys that wait, at the pace that is asked for, and keep the order of each key', () => {
    expect(retried).toMatchObject({ status: 'finished', failed: 0, canary: { outcome: 'succeeded' } });
    expect(retried.done).toBe(keys.length);
    expect(successes('/switch')).toEqual(new Map(keys.map((key) => [key, [`${key} first`, `${key} second`]])));
    const begun = arrivals
      .filter(({ path, event, ok }) => path === '/switch' && ok && event.endsWith('first'))
      .map(({ at }) => at);
    const inASecond = begun.map((from) => begun.filter((at) => at >= from && at < from + 1_000).length);
    // An executor that was killed had begun some, which begin once more when its lease has run out.
    expect(Math.max(...inASecond)).toBeLessThanOrEqual(perSecond * 1.5);
  });

  it('resume what has failed, and each target sees the success of each id once', async () => {
    expect(groups).toMatchObject([{ handlerName: 'wrong', reason: 'http_status', open: 30, keys: 30 }]);
    expect(resumed).toMatchObject({ status: 'finished', total: 30, failed: 0, canary: { outcome: 'succeeded' } });
    for (const path of ['/first', '/right', '/last']) {
      expect(successes(path)).toEqual(new Map(failed.map((key) => [key, [`${key} created`]])));
      const ids = arrivals.filter((arrival) => arrival.path === path).map(({ execution }) => execution);
      expect(new Set(ids).size).toBe(failed.length);
    }
    expect(arrivals.filter(({ path }) => path === '/first')).toHaveLength(failed.length);
    const left = await installation.json<{ items: object[] }>('GET', '/failures');
    expect(left.items).toEqual([]);
    const settled = await installation.json<{ items: { settledAs: string }[] }>(
      'GET',
      '/failures?state=settled&limit=50',
    );
    expect(settled.items.map(({ settledAs }) => settledAs)).toEqual(failed.map(() => 'succeeded'));
  });
});
