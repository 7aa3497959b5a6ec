import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

describe('conditions', () => {
  let bench: Workbench;
  let target: RecordingTarget;

  beforeAll(async () => {
    [bench, target] = await Promise.all([Workbench.open(), RecordingTarget.listen()]);
    await bench.startExecutor();
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  const task = (path: string) => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} }) as const;
  const callsOf = (id: string) =>
    target.calls.filter(({ headers }) => headers['provisor-event-id'] === id).map(({ path }) => path);
  const outcomes = async (id: string) =>
    (await bench.attempts(id)).map(({ status, reason, number, counted }) => ({ status, reason, number, counted }));

  it('a handler whose condition is false does not run, and the journal says why; the others do', async () => {
    const event = 'clients.create';
    const condition = 'data.status == "active"';
    await bench.addHandler({ name: 'only active', event, task: task('/active'), priority: 1, condition });
    await bench.addHandler({ name: 'all', event, task: task('/all'), priority: 2 });
    const billing = await bench.billing();
    await billing.publish({ type: event, id: 'blocked', data: { status: 'blocked' } });
    await billing.publish({ type: event, id: 'active', data: { status: 'active' } });

    expect(await bench.event('blocked')).toMatchObject({ status: 'succeeded', failed: false });
    expect(await bench.event('active')).toMatchObject({ status: 'succeeded' });
    expect(callsOf('blocked')).toEqual(['/all']);
    expect(callsOf('active')).toEqual(['/active', '/all']);
    expect(await outcomes('blocked')).toEqual([
      { status: 'skipped', reason: 'condition_unmet', number: 1, counted: false },
      { status: 'succeeded', reason: null, number: 1, counted: true },
    ]);
  });

  it('a condition that cannot be evaluated is a failure of its handler, and no skip', async () => {
    const event = 'clients.delete';
    const condition = 'data.missing == 1';
    await bench.addHandler({ name: 'goes on', event, task: task('/1'), priority: 1, condition, onFailure: 'continue' });
    await bench.addHandler({ name: 'stops', event, task: task('/2'), priority: 2, condition, onFailure: 'stop' });
    await bench.addHandler({ name: 'behind', event, task: task('/3'), priority: 3 });
    await (await bench.billing()).publish({ type: event, id: 'unclear' });

    expect(await bench.event('unclear')).toMatchObject({ status: 'failed', failed: true });
    expect(callsOf('unclear')).toEqual([]);
    expect(await bench.attempts('unclear')).toMatchObject(
      [1, 2].map((position) => ({
        position,
        status: 'failed',
        outcome: 'permanent',
        reason: 'condition_failed',
        message: 'its condition cannot be evaluated: No such key: missing (line 1, column 6)',
      })),
    );
  });

  it('what was found to be for an event stays so while it waits, whatever the condition is by then', async () => {
    const event = 'clients.archive';
    const failures = Promise.withResolvers<undefined>();
    target.reply = ({ path }, response) => {
      response.statusCode = path === '/waits' ? 503 : 200;
      response.end();
      if (path === '/waits') failures.resolve(undefined);
    };
    const handler = { event, task: task('/waits'), retry: { maxAttempts: 2, schedule: ['1s'] } };
    const id = await bench.addHandler({ ...handler, name: 'waits', condition: 'data.id == 12' });
    await (await bench.billing()).publish({ type: event, id: 'kept' });
    await failures.promise;
    target.reply = (_call, response) => void response.end();
    await bench.change('handlers', id, { condition: 'false' });
    await eventually(async () => ((await bench.event('kept')).status === 'succeeded' ? true : undefined));
    expect(callsOf('kept')).toEqual(['/waits', '/waits']);
  });
});
