import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

describe('an executor', () => {
  let bench: Workbench;
  let target: RecordingTarget;

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    for (const { id } of eventTypes) {
      for (const priority of [3, 1, 2]) {
        const name = `${id} ${String(priority)}`;
        const task = { type: 'http', url: target.url(`/${String(priority)}`), method: 'POST', headers: {} } as const;
        await bench.addHandler({ name, event: id, task, priority });
      }
    }
    await bench.startExecutor();
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  it.each(eventTypes.map(({ id }) => id))('runs the handlers of %s in priority order', async (type) => {
    const billing = await bench.billing();
    const id = await billing.publish({ type });
    expect(await bench.event(id)).toMatchObject({
      type,
      status: 'succeeded',
      object_id: '12',
      revision: 3 * eventTypes.length,
    });
    const paths = target.calls.filter(({ headers }) => headers['provisor-event-id'] === id).map(({ path }) => path);
    expect(paths).toEqual(['/1', '/2', '/3']);
    expect(await bench.attempts(id)).toMatchObject([
      { position: 1, number: 1, outcome: 'success', status: 'succeeded' },
      { position: 2, number: 1, outcome: 'success', status: 'succeeded' },
      { position: 3, number: 1, outcome: 'success', status: 'succeeded' },
    ]);
  });
});
