import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { CallCounts } from '../support/call-counts.ts';
import { eventually } from '../support/eventually.ts';
import { Installation, type RunningExecutor } from '../support/installation.ts';
import { samplesOf, type Samples } from '../support/metric-samples.ts';
import { RecordingTarget } from '../support/recording-target.ts';

/** Events whose path is looked at: more than anything else is called for in that time, also on a slow machine. */
const events = 2_000;
const atATime = 50;

describe('the path of an event with one HTTP handler', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let target: RecordingTarget;
  let billing: Billing;
  let executor: RunningExecutor;
  let counts: CallCounts;

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    target = await RecordingTarget.listen();
    const task = { type: 'http', url: target.url() };
    await installation.json('POST', '/handlers', { name: 'calls', event: 'clients.update', task });
    counts = await CallCounts.prepare();
    executor = await installation.startExecutor(counts.environment);
    billing = await Billing.connect(installation.servers.amqpUrl);
  }, 120_000);

  afterAll(async () => {
    counts.stop();
    await billing.close();
    await target.close();
    await installation.stop();
    await sandbox.dispose();
  });

  async function metrics(): Promise<Samples> {
    return samplesOf(await (await fetch(`${executor.url}/metrics`)).text());
  }

  /**
   * Publishes events, and waits until these and those before them have succeeded. Each waits for no more than a few
   * others of its key: behind hundreds of them it may move over to the slow lane. Meanwhile the test does not call the
   * executor.
   */
  async function handled(count: number, inAll: number): Promise<void> {
    const succeeded = { type: 'clients.update', result: 'succeeded' };
    for (let done = inAll - count; done < inAll; done += atATime) {
      // Of few keys, which need no connection that is not there already.
      const objects = Array.from({ length: atATime }, (_, index) => index % 4);
      await Promise.all(objects.map((objectId) => billing.publish({ type: 'clients.update', objectId })));
      await eventually(() => target.calls.length >= done + atATime || undefined);
    }
    await eventually(async () => (await metrics()).value('provisor_events_total', succeeded) === inAll || undefined);
  }

  it('leads through at most 30 files of the executor, and 26 of libs', async () => {
    // Whatever is made when it is first needed is made, and events take no hop through partitions.
    await handled(50, 50);
    await eventually(async () => (await metrics()).value('provisor_direct_dispatch') === 1 || undefined);
    await counts.start();
    await counts.take();
    await handled(events, 50 + events);
    const taken = await counts.take();
    const passed = [...taken].filter(([, calls]) => calls >= events).map(([file]) => file);
    const ofExecutor = passed.filter((file) => file.startsWith('services/executor/'));
    const ofLibs = passed.filter((file) => file.startsWith('libs/'));
    // It shows what it counted when there are too many; and it counts what is on the path for certain.
    expect(ofExecutor).toContain('services/executor/src/execute/plan.js');
    expect(ofLibs).toContain('libs/contracts/billing-event.js');
    expect(ofExecutor.length <= 30 ? [] : ofExecutor).toEqual([]);
    expect(ofLibs.length <= 26 ? [] : ofLibs).toEqual([]);
  }, 180_000);
});
