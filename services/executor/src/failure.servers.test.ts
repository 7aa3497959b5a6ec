import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FailurePolicy } from '#contracts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

describe('the failure of a handler', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  const events: Record<FailurePolicy, string> = {
    stop: 'clients.create',
    continue: 'clients.update',
    detach: 'clients.delete',
  };
  const third: Partial<Record<FailurePolicy, string>> = {};

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    target.reply = ({ path }, response) => void response.writeHead(path === '/bad' ? 400 : 200).end('answer');
    for (const [onFailure, event] of Object.entries(events) as [FailurePolicy, string][]) {
      const task = (path: string) => ({ type: 'http', url: target.url(path), method: 'POST', headers: {} }) as const;
      await bench.addHandler({ name: `${event} 1`, event, task: task('/good'), priority: 1 });
      await bench.addHandler({ name: `${event} 2`, event, task: task('/bad'), priority: 2, onFailure });
      third[onFailure] = await bench.addHandler({ name: `${event} 3`, event, task: task('/good'), priority: 3 });
    }
    await bench.startExecutor();
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  it('with onFailure stop skips the handlers after it, and says which', async () => {
    const id = await (await bench.billing()).publish({ type: events.stop });
    expect(await bench.event(id)).toMatchObject({ status: 'failed', skipped: [third.stop] });
    expect(await bench.attempts(id)).toMatchObject([
      { position: 1, status: 'succeeded' },
      {
        position: 2,
        status: 'failed',
        outcome: 'permanent',
        reason: 'http_status',
        message: 'the target answered 400',
        response: expect.stringContaining('"status":400'),
      },
    ]);
  });

  it('of a disabled handler does not happen: the event records that it was skipped', async () => {
    const event = 'clients.archive';
    const task = { type: 'http', url: target.url('/bad'), method: 'POST', headers: {} } as const;
    const disabled = await bench.addHandler({ name: 'disabled', event, task, priority: 1 });
    await bench.addHandler({ name: 'enabled', event, task: { ...task, url: target.url('/good') }, priority: 2 });
    await bench.change('handlers', disabled, { status: 'disabled' });
    const id = await (await bench.billing()).publish({ type: event });
    expect(await bench.event(id)).toMatchObject({ status: 'succeeded', skipped: [], disabled: [disabled] });
    expect(await bench.attempts(id)).toHaveLength(1);
  });

  it.each(['continue', 'detach'] as const)('with onFailure %s lets the later handlers run', async (policy) => {
    const id = await (await bench.billing()).publish({ type: events[policy] });
    expect(await bench.event(id)).toMatchObject({ status: 'failed', skipped: [] });
    const attempts = await bench.attempts(id);
    expect(attempts.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded']);
  });
});
