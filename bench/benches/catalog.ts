import type { Figure } from '../figure.ts';
import { percentile } from '../percentile.ts';
import { inTurns } from '../harness/alternating.ts';
import { haveFillers } from '../harness/fillers.ts';
import type { Load, Harness } from '../harness/harness.ts';
import { eventually } from '../../test/support/eventually.ts';

interface CatalogAnswer {
  executors: { revisionAt: string; inForce: boolean }[];
}

/** The 99th percentile is to be no more than this, milliseconds. */
const longestMs = 100;
const many = 10_000;

/** From the answer to a change of a handler until it is live on every executor. */
export async function catalog(harness: Harness): Promise<Figure[]> {
  const figures: Figure[] = [];
  const cases = harness.quick
    ? [{ executors: 1, handlers: 10 }]
    : [1, 4, 8].flatMap((executors) => [10, 1_000, 10_000].map((handlers) => ({ executors, handlers })));
  for (const { executors, handlers } of cases) {
    harness.say(`catalog: ${String(handlers)} handlers, ${String(executors)} executors`);
    await harness.haveHandlers([{}]);
    await haveFillers(harness, handlers - 1);
    const delays = await harness.withExecutors(executors, {}, async (start) => {
      await start();
      return changes(harness, executors, harness.quick ? 30 : 100);
    });
    await haveFillers(harness, 0);
    for (const percent of [50, 99]) {
      figures.push({
        name: `p${String(percent)}, ${String(handlers)} handlers, ${String(executors)} executor${executors > 1 ? 's' : ''}`,
        unit: 'ms',
        ours: { name: 'provisor', runs: [percentile(delays, percent)] },
        ...(percent === 99 && { limit: longestMs }),
      });
    }
  }
  return [...figures, await throughput(harness)];
}

/** What 10,000 handlers that an event does not concern do to its way. */
async function throughput(harness: Harness): Promise<Figure> {
  harness.say(`catalog: throughput with ${many.toLocaleString('en')} handlers`);
  const load: Load = {
    events: harness.quick ? 5_000 : 60_000,
    warmUp: harness.quick ? 500 : 20_000,
    keys: 1_000,
    bytes: 500,
  };
  await harness.haveHandlers([{}]);
  const perSecond = async (handlers: number): Promise<number> => {
    await haveFillers(harness, handlers - 1);
    const { calls, seconds } = await harness.product(load);
    return calls / seconds;
  };
  const series = await inTurns(
    harness.quick ? 2 : 3,
    { name: `with ${many.toLocaleString('en')}`, measure: () => perSecond(many) },
    { name: 'with one', measure: () => perSecond(1) },
  );
  await haveFillers(harness, 0);
  return {
    name: `throughput, ${many.toLocaleString('en')} handlers`,
    unit: 'events/s',
    ...series,
    target: { atLeast: 0.9 },
  };
}

async function changes(harness: Harness, executors: number, count: number): Promise<number[]> {
  const { installation } = harness;
  const { items } = await installation.json<{ items: { id: string }[] }>('GET', '/handlers?q=bench%200');
  const delays: number[] = [];
  for (let change = 0; change < count; change++) {
    await installation.json('PATCH', `/handlers/${items[0]!.id}`, {
      description: `change ${String(change)} ${String(Math.random())}`,
    });
    const answeredAt = Date.now();
    const found = await eventually(async () => {
      const answer = await installation.json<CatalogAnswer>('GET', '/catalog');
      const all = answer.executors.length === executors && answer.executors.every(({ inForce }) => inForce);
      return all ? answer : undefined;
    });
    const last = Math.max(...found.executors.map(({ revisionAt }) => Date.parse(revisionAt)));
    // By the machine's clock, in milliseconds; a change that was live before the answer took no time.
    delays.push(Math.max(0, last - answeredAt));
  }
  return delays;
}
