import { test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { expectPromisesKept } from './expect-promises-kept.ts';
import type { Scene } from './run.ts';
import { pauseScenario } from './scenario.ts';

test('an executor that is paused until another has taken its place does no harm when it wakes up', async () => {
  await expectPromisesKept(pauseScenario(7), async ({ site, ledger, calls }) => {
    const busiest = await busiestExecutor(site);
    const before = new Set(ledger.confirmed.map(({ id }) => id));
    const goOn = await site.disruptions.during('calls', () => Promise.resolve(site.fleet.pause(busiest)));
    await eventually(() => {
      const since = new Set(calls.calls.map(({ eventId }) => eventId).filter((id) => !before.has(id)));
      return [...ledger.byKey.values()].every((events) => events.some(({ id }) => since.has(id))) || undefined;
    });
    goOn();
    const more = ledger.confirmed.length + 200; // About 30 of each key: what wakes up acts at once.
    await eventually(() => ledger.confirmed.length >= more || undefined, 60_000);
  });
}, 180_000);

interface Executors {
  items: { pid: number; partitions: number[] }[];
}

async function busiestExecutor({ installation, fleet }: Scene['site']) {
  const { items } = await installation.json<Executors>('GET', '/executors');
  const [busiest] = items.toSorted((one, other) => other.partitions.length - one.partitions.length);
  return fleet.awake.find((executor) => executor.process.pid === busiest?.pid)!;
}
