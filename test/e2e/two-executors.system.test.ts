import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

interface Catalog {
  revision: number;
  executors: { id: string; revision: number; revisionAt: string; inForce: boolean }[];
}

interface Executors {
  items: { id: string; partitions: number[] }[];
}

describe('an installation with two executors', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let target: RecordingTarget;
  let billing: Billing;

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    await Promise.all([installation.startExecutor(), installation.startExecutor()]);
    target = await RecordingTarget.listen();
    billing = await Billing.connect(installation.servers.amqpUrl);
  }, 120_000);

  afterAll(async () => {
    await billing.close();
    await target.close();
    await installation.stop();
    await sandbox.dispose();
  });

  const create = (name: string, priority: number) =>
    installation.json<{ id: string; priority: number }>('POST', '/handlers', {
      name,
      event: 'clients.update',
      task: { type: 'http', url: target.url(`/${name}`) },
      priority,
    });

  it('has a change of a handler in force on both within 100 ms of the answer', async () => {
    const { id } = await create('measured', 1);
    const delays: number[] = [];
    for (let n = 0; n < 40; n++) {
      await installation.json('PATCH', `/handlers/${id}`, { description: `change ${String(n)}` });
      const answeredAt = Date.now();
      const { executors } = await eventually(async () => {
        const catalog = await installation.json<Catalog>('GET', '/catalog');
        return catalog.executors.length === 2 && catalog.executors.every(({ inForce }) => inForce)
          ? catalog
          : undefined;
      });
      delays.push(Math.max(...executors.map(({ revisionAt }) => Date.parse(revisionAt) - answeredAt)));
    }
    delays.sort((a, b) => a - b);
    const median = delays[Math.floor(delays.length / 2)]!;
    process.stdout.write(
      `change in force on 2 executors: median ${String(median)} ms, worst ${String(delays.at(-1))} ms\n`,
    );
    // The worst of forty on a machine that does other things as well is not held against it.
    expect(delays[Math.floor(delays.length * 0.9)]).toBeLessThanOrEqual(100);
  });

  it('runs the next event in the order that was changed to', async () => {
    const first = await create('b', 10);
    await create('a', 20);
    const run = async (expected: string[]) => {
      await eventually(async () => {
        const { executors } = await installation.json<Catalog>('GET', '/catalog');
        return executors.every(({ inForce }) => inForce) ? true : undefined;
      });
      const id = await billing.publish({ type: 'clients.update' });
      await eventually(async () => ((await installation.call('GET', `/events/${id}`)).ok ? true : undefined));
      const called = target.calls.filter(({ headers }) => headers['provisor-event-id'] === id);
      expect(called.map(({ path }) => path)).toEqual(expected);
    };
    await run(['/measured', '/b', '/a']);
    await installation.json('PATCH', `/handlers/${first.id}`, { priority: 30 });
    await run(['/measured', '/a', '/b']);
    await installation.json('PATCH', `/handlers/${first.id}`, { status: 'disabled' });
    await run(['/measured', '/a']);
  });

  it('knows who reads which partition, each read by one', async () => {
    const partitions = await eventually(async () => {
      const { items } = await installation.json<Executors>('GET', '/executors');
      const read = items.flatMap((executor) => executor.partitions);
      return items.length === 2 && read.length === 16 ? read : undefined;
    });
    expect(partitions.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, partition) => partition));
  });
});
