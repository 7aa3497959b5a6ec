import type { Figure } from '../figure.ts';
import type { RestCall, RestTask } from '../processes/rest-load.ts';
import { haveFillers } from '../harness/fillers.ts';
import { Helper } from '../harness/helper.ts';
import { residentMb, watchMemory } from '../harness/resident-memory.ts';
import { streamOf, type Load, type Harness } from '../harness/harness.ts';

const few = 10_000;
const handlers = 1_000;

interface Memory {
  readonly atRest: number;
  readonly executor: number;
  readonly registry: number;
}

/** Memory (RSS) of executor and registry: idle, at the peak under load, and at the peak with a long queue. */
export async function memory(harness: Harness): Promise<Figure[]> {
  await harness.haveHandlers([{}]);
  const registryAtRest = await residentMb(harness.installation.registry.pid);
  const many = harness.quick ? 50_000 : 1_000_000;
  harness.say(`memory: ${few.toLocaleString('en')} events`);
  const withFew = await highest(harness, { events: few, keys: 1_000, bytes: 500 });
  harness.say(`memory: ${many.toLocaleString('en')} events`);
  const withMany = await highest(harness, { events: many, keys: 1_000, bytes: 500 });
  harness.say('memory: requests');
  const registryAtPeak = await highestOfRegistry(harness);
  const figure = (of: string, name: string, value: number): Figure => {
    return { name: `${of}, ${name}`, unit: 'MiB', ours: { name: of, runs: [value] } };
  };
  return [
    figure('executor', 'at rest', withFew.atRest),
    figure('executor', `highest, ${few.toLocaleString('en')} events`, withFew.executor),
    {
      ...figure('executor', `highest, ${many.toLocaleString('en')} events queued`, withMany.executor),
      reference: { name: `with ${few.toLocaleString('en')}`, runs: [withFew.executor] },
    },
    figure('registry', 'at rest', registryAtRest),
    figure('registry', `highest, ${many.toLocaleString('en')} events queued`, withMany.registry),
    figure('registry', 'highest, long lists and many requests', registryAtPeak),
  ];
}

/** Of both services, while an executor works at a backlog that was there before it. */
async function highest(harness: Harness, load: Load): Promise<Memory> {
  const stream = streamOf(load);
  return harness.withExecutors(1, {}, async (start) => {
    let atRest = 0;
    let executor: (() => Promise<number>) | undefined;
    const registry = watchMemory(harness.installation.registry.pid);
    await harness.publish(stream, undefined, async () => {
      const [started] = await start();
      const { pid } = started!.process;
      atRest = await residentMb(pid);
      executor = watchMemory(pid);
    });
    await harness.journaled(stream, load.events, load.events);
    return { atRest, executor: await executor!(), registry: await registry() };
  });
}

/** While it answers with the longest lists that may be asked for, sixteen at a time. */
async function highestOfRegistry(harness: Harness): Promise<number> {
  const { installation, quick } = harness;
  const load = Helper.start<RestTask>('rest-load');
  await haveFillers(harness, handlers - 1);
  try {
    const most = watchMemory(installation.registry.pid);
    const paths = ['/api/v1/handlers?limit=500', '/api/v1/events?limit=200', '/api/v1/executions?limit=200'];
    const calls = Array.from({ length: quick ? 300 : 1_500 }, (_, index): RestCall => ({
      method: 'GET',
      path: paths[index % 3]!,
    }));
    await load.ask({ origin: installation.registryUrl, apiKey: installation.apiKey, atATime: 16, status: 200, calls });
    return await most();
  } finally {
    await load.stop();
    await haveFillers(harness, 0);
  }
}
