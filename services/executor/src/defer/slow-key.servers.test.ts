import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { partitionOf } from '#contracts';
import { eventually } from '../../../../test/support/eventually.ts';
import { samplesOf } from '../../../../test/support/metric-samples.ts';
import { RecordingTarget } from '../../../../test/support/recording-target.ts';
import type { ExecutorApp } from '../executor-app.ts';
import { Workbench } from '../testing/workbench.ts';

/** So that each holds the minimum of eight events. */
const partitions = 128;
const placesOfPartition = 8;
/** Longer than an event may wait for its turn in a place that others need. */
const longCallMs = 5_500;

describe('events that have long waited for their turn', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let executor: ExecutorApp;

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    target.reply = ({ headers }, response) => {
      const isFirst = String(headers['provisor-event-id']).endsWith('-0');
      setTimeout(() => response.end(), isFirst ? longCallMs : 200);
    };
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    await bench.addHandler({ name: 'slow', event: 'clients.update', task });
    executor = await bench.startExecutor({ partitions });
    // After one without an id of its own events go by way of the partitions for a while, as they do with several
    // executors.
    const idless = { event: { dt: new Date().toISOString(), events_id: 'clients.delete', object_id: 1 }, data: {} };
    await (await bench.billing()).publishRaw('clients.delete', Buffer.from(JSON.stringify(idless)));
    await eventually(async () => {
      const [row] = await bench.database.query<{ count: number }[]>('select count(*)::integer as count from events');
      return row!.count === 1 ? true : undefined;
    });
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  beforeEach(() => {
    target.calls.length = 0;
  });

  /** Events of one key, of which the first takes long. */
  const publish = async (key: string, count: number): Promise<string[]> => {
    const billing = await bench.billing();
    const ids = Array.from({ length: count }, (_, n) => `${key}-${n}`);
    for (const id of ids) await billing.publish({ type: 'clients.update', id, objectId: key });
    return ids;
  };
  const ended = (id: string) =>
    eventually(async () => ((await bench.event(id)).status === 'waiting' ? undefined : true));
  const handled = () => target.calls.map(({ headers }) => headers['provisor-event-id']);
  /** How many went to the slow lane. */
  const moved = async () => {
    const samples = samplesOf(await (await fetch(`${await executor.url()}/metrics`)).text());
    return samples.value('provisor_events_total', { type: 'clients.update', result: 'waiting' }) ?? 0;
  };

  it('stay where they are as long as nobody waits for their places', async () => {
    const ids = await publish('alone', 3);
    await Promise.all(ids.map(ended));
    expect(handled()).toEqual(ids);
    expect(await moved()).toBe(0);
  });

  it('make room where others wait for their places, and keep their order', async () => {
    const ids = await publish('slow', placesOfPartition + 4);
    const other = keyBeside('slow');
    const [behind] = await publish(other, 1);
    await Promise.all([...ids, behind!].map(ended));
    expect(handled().filter((id) => id !== behind)).toEqual(ids);
    // With every place taken by the slow key it could begin only when five of them had ended.
    expect(handled().indexOf(behind)).toBeLessThan(4);
    expect(await moved()).toBeGreaterThan(0);
  });
});

/** Another key of the same partition. */
function keyBeside(key: string): string {
  const partition = partitionOf(key, partitions);
  for (let n = 0; ; n++) if (partitionOf(`other-${n}`, partitions) === partition) return `other-${n}`;
}
