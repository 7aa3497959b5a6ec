import { setTimeout as delay } from 'node:timers/promises';
import type { SeededRandom } from '../random.ts';
import { seconds } from '../report/words.ts';
import type { Site } from './site.ts';

/** How long a target is dead, milliseconds: from what retries outlast to what they do not. */
const deadMs = { min: 1_000, max: 5_000 };

/** One of the receivers ends what it is doing and refuses connections for a while. */
export async function killTarget({ receivers, disruptions }: Site, random: SeededRandom): Promise<string> {
  const target = random.integer({ min: 0, max: receivers.length - 1 });
  const forMs = random.integer(deadMs);
  await disruptions.during('answers', async () => {
    await receivers[target]!.die();
    await delay(forMs);
    await receivers[target]!.revive();
  });
  return `target ${String(target + 1)} of ${String(receivers.length)} was dead for ${seconds(forMs)}`;
}
