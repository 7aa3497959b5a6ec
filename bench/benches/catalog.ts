import type { Figure } from '../figure.ts';
import { percentile } from '../percentile.ts';
import { inTurns } from '../stand/alternating.ts';
import { haveFillers } from '../stand/fillers.ts';
import type { Load, Stand } from '../stand/stand.ts';
import { eventually } from '../../test/support/eventually.ts';

interface CatalogAnswer {
  executors: { revisionAt: string; inForce: boolean }[];
}

/** The 99th percentile is to be no more than this, milliseconds. */
const longestMs = 100;
const many = 10_000;

/** From the answer to a change of a handler until it is in force on every executor. */
export async function catalog(stand: Stand): Promise<Figure[]> {
  const figures: Figure[] = [];
  const cases = stand.quick
    ? [{ executors: 1, handlers: 10 }]
    : [1, 4, 8].flatMap((executors) => [10, 1_000, 10_000].map((handlers) => ({ executors, handlers })));
  for (const { executors, handlers } of cases) {
    stand.say(`catalog: ${String(handlers)} handlers, ${String(executors)} executors`);
    await stand.haveHandlers([{}]);
    await haveFillers(stand, handlers - 1);
    const delays = await stand.withExecutors(executors, {}, async (start) => {
      await start();
      return changes(stand, executors, stand.quick ? 30 : 100);
    });
    await haveFillers(stand, 0);
    for (const percent of [50, 99]) {
      figures.push({
        name: `p${String(percent)}, ${String(handlers)} handlers, ${String(executors)} executor${executors > 1 ? 's' : ''}`,
        unit: 'ms',
        ours: { name: 'provisor', runs: [percentile(delays, percent)] },
        ...(percent === 99 && { limit: longestMs }),
      });
    }
  }
  return [...figures, await throughput(stand)];
}

/** What 10,000 handlers that an event does not concern do to its way. */
async function throughput(stand: Stand): Promise<Figure> {
  stand.say(`catalog: throughput with ${many.toLocaleString('en')} handlers`);
  const load: Load = {
    events: stand.quick ? 5_000 : 60_000,
    warmUp: stand.quick ? 500 : 20_000,
    keys: 1_000,
    bytes: 500,
  };
  await stand.haveHandlers([{}]);
  const perSecond = async (handlers: number): Promise<number> => {
    await haveFillers(stand, handlers - 1);
    const { calls, seconds } = await stand.product(load);
    return calls / seconds;
  };
  const series = await inTurns(
    stand.quick ? 2 : 3,
    { name: `with ${many.toLocaleString('en')}`, measure: () => perSecond(many) },
    { name: 'with one', measure: () => perSecond(1) },
  );
  await haveFillers(stand, 0);
  return {
    name: `throughput, ${many.toLocaleString('en')} handlers`,
    unit: 'events/s',
    ...series,
    target: { atLeast: 0.9 },
  };
}

async function changes(stand: Stand, executors: number, count: number): Promise<number[]> {
  const { installation } = stand;
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
    // By the clock of the machine, which has milliseconds; what was in force before the answer took no time.
    delays.push(Math.max(0, last - answeredAt));
  }
  return delays;
}
