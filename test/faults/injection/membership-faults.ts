import { consumerPriority } from '../../../services/executor/src/receive/consumers.ts';
import { eventually } from '../../support/eventually.ts';
import type { SeededRandom } from '../random.ts';
import { seconds } from '../report/words.ts';
import type { Site } from './site.ts';

interface Executors {
  items: { id: string; partitions: number[] }[];
}

/** How long the broker may take to hand partitions over: the old reader has to be done with what it has. */
const handOverMs = 60_000;

/** A further executor starts. @throws When it does not get just the partitions that are its share. */
export async function joinExecutor(site: Site): Promise<string> {
  const from = performance.now();
  const { name } = await site.fleet.start();
  const shares = await untilSharedOut(site);
  return `${name} joined; after ${seconds(performance.now() - from)} the partitions are shared out ${shares}`;
}

/** An executor leaves in order, and none replaces it. @throws If the others do not take its partitions. */
export async function leaveExecutor(site: Site, random: SeededRandom): Promise<string> {
  const victim = site.fleet.pick(random);
  if (!victim || site.fleet.size < 2) return 'only one executor is left: none leaves';
  const from = performance.now();
  await site.fleet.stop(victim);
  const shares = await untilSharedOut(site);
  return `${victim.name} left; after ${seconds(performance.now() - from)} the partitions are shared out ${shares}`;
}

/** Each partition has one reader, and it is the executor that wants it most. */
function untilSharedOut({ installation, fleet }: Site): Promise<string> {
  return eventually(async () => {
    const { items } = await installation.json<Executors>('GET', '/executors');
    if (items.length !== fleet.size)
      throw new Error(`${String(items.length)} executors run, not ${String(fleet.size)}`);
    for (let partition = 0; partition < installation.partitions; partition++) {
      const wants = (id: string) => consumerPriority(id, partition);
      const keenest = items.toSorted((one, other) => wants(other.id) - wants(one.id))[0]!;
      const readers = items.filter(({ partitions }) => partitions.includes(partition));
      if (readers.length !== 1 || readers[0] !== keenest) {
        const who = readers.map(({ id }) => id).join(', ') || 'nobody';
        throw new Error(`partition ${String(partition)} is read by ${who} instead of ${keenest.id}`);
      }
    }
    return items.map(({ partitions }) => String(partitions.length)).join(' + ');
  }, handOverMs);
}
