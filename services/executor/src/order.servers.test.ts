import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

describe('order', () => {
  let bench: Workbench;
  let target: RecordingTarget;

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    await bench.addHandler({ name: 'record', event: 'clients.update', task });
    await bench.startExecutor();
    await bench.startExecutor();
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  it('events of one key run one after another, in the order published, on any number of executors', async () => {
    const running = new Set<string>();
    const overlaps: string[] = [];
    target.reply = async ({ body }, response) => {
      const { event } = JSON.parse(body) as { event: { object_id: string } };
      if (running.has(event.object_id)) overlaps.push(event.object_id);
      running.add(event.object_id);
      // Other keys must get their chance to overtake.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      running.delete(event.object_id);
      response.end();
    };
    const billing = await bench.billing();
    const published = new Map<string, string[]>();
    const ids: string[] = [];
    for (let n = 0; n < 400; n++) {
      const objectId = `client-${n % 13}`;
      const id = `order-${n}`;
      published.set(objectId, [...(published.get(objectId) ?? []), id]);
      ids.push(id);
      await billing.publish({ type: 'clients.update', objectId, id });
    }
    await Promise.all(ids.map((id) => bench.event(id)));
    expect(overlaps).toEqual([]);
    expect(Object.fromEntries(handledByKey())).toEqual(Object.fromEntries(published));
  });

  it('a slow key holds up no other', async () => {
    const released = Promise.withResolvers<undefined>();
    target.reply = async ({ headers }, response) => {
      if (headers['provisor-event-id'] === 'slow') await released.promise;
      response.end();
    };
    const billing = await bench.billing();
    await billing.publish({ type: 'clients.update', objectId: 'slow', id: 'slow' });
    await billing.publish({ type: 'clients.update', objectId: 'slow', id: 'behind the slow one' });
    const others = Array.from({ length: 50 }, (_, n) => `other-${n}`);
    for (const id of others) await billing.publish({ type: 'clients.update', objectId: id, id });
    await Promise.all(others.map((id) => bench.event(id)));
    expect(await bench.attempts('behind the slow one')).toEqual([]);
    released.resolve(undefined);
    await bench.event('slow');
    await bench.event('behind the slow one');
  });

  it('events without a partition key are kept in order by group and object id', async () => {
    target.calls.length = 0;
    target.reply = (_call, response) => void response.end();
    const billing = await bench.billing();
    const ids = Array.from({ length: 30 }, (_, n) => `keyless-${n}`);
    for (const id of ids) await billing.publish({ type: 'clients.update', objectId: 7, id, key: null });
    await Promise.all(ids.map((id) => bench.event(id)));
    expect(target.calls.map(({ headers }) => headers['provisor-event-id'])).toEqual(ids);
    expect(await bench.event('keyless-0')).toMatchObject({ partition_key: 'Clients:7' });
  });

  it('is kept while executors join and leave', async () => {
    target.calls.length = 0;
    target.reply = (_call, response) => void response.end();
    const billing = await bench.billing();
    const published = new Map<string, string[]>();
    let publishing = true;
    const load = Array.from({ length: 40 }, async (_, client) => {
      const key = `joining-${client}`;
      const ids: string[] = [];
      published.set(key, ids);
      for (let n = 0; publishing; n++)
        ids.push(await billing.publish({ type: 'clients.update', objectId: key, id: `${key}:${n}` }));
    });
    const moreCalls = (count: number) => {
      const before = target.calls.length;
      return eventually(() => (target.calls.length >= before + count ? true : undefined));
    };
    await moreCalls(200);
    const third = await bench.startExecutor();
    await moreCalls(300);
    const fourth = await bench.startExecutor();
    await moreCalls(300);
    await third.stop();
    await moreCalls(300);
    await fourth.stop();
    publishing = false;
    await Promise.all(load);
    const total = [...published.values()].flat().length;
    await eventually(() => (target.calls.length >= total ? true : undefined));
    expect(Object.fromEntries(handledByKey())).toEqual(Object.fromEntries(published));
  });

  /** Ids of the events that were handled, by object id, in the order in which they arrived. */
  function handledByKey(): Map<string, string[]> {
    const handled = new Map<string, string[]>();
    for (const { headers, body } of target.calls) {
      const { event } = JSON.parse(body) as { event: { object_id: string } };
      const ids = handled.get(event.object_id) ?? [];
      handled.set(event.object_id, [...ids, String(headers['provisor-event-id'])]);
    }
    return handled;
  }
});
