import type { Figure } from '../figure.ts';
import type { RestCall, RestTask } from '../processes/rest-load.ts';
import { haveFillers } from '../stand/fillers.ts';
import { Helper } from '../stand/helper.ts';
import { residentMb, watchMemory } from '../stand/resident-memory.ts';
import { streamOf, type Load, type Stand } from '../stand/stand.ts';

const few = 10_000;
const handlers = 1_000;

interface Memory {
  readonly atRest: number;
  readonly executor: number;
  readonly registry: number;
}

/** Resident memory of executor and registry: at rest, at its highest under load, and at its highest with a long queue. */
export async function memory(stand: Stand): Promise<Figure[]> {
  await stand.haveHandlers([{}]);
  const registryAtRest = await residentMb(stand.installation.registry.pid);
  const many = stand.quick ? 50_000 : 1_000_000;
  stand.say(`memory: ${few.toLocaleString('en')} events`);
  const withFew = await highest(stand, { events: few, keys: 1_000, bytes: 500 });
  stand.say(`memory: ${many.toLocaleString('en')} events`);
  const withMany = await highest(stand, { events: many, keys: 1_000, bytes: 500 });
  stand.say('memory: requests');
  const registryAtPeak = await highestOfRegistry(stand);
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
async function highest(stand: Stand, load: Load): Promise<Memory> {
  const stream = streamOf(load);
  return stand.withExecutors(1, {}, async (start) => {
    let atRest = 0;
    let executor: (() => Promise<number>) | undefined;
    const registry = watchMemory(stand.installation.registry.pid);
    await stand.publish(stream, undefined, async () => {
      const [started] = await start();
      const { pid } = started!.process;
      atRest = await residentMb(pid);
      executor = watchMemory(pid);
    });
    await stand.journaled(stream, load.events, load.events);
    return { atRest, executor: await executor!(), registry: await registry() };
  });
}

/** While it answers with the longest lists that may be asked for, sixteen at a time. */
async function highestOfRegistry(stand: Stand): Promise<number> {
  const { installation, quick } = stand;
  const load = Helper.start<RestTask>('rest-load');
  await haveFillers(stand, handlers - 1);
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
    await haveFillers(stand, 0);
  }
}
