import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import type { FreezingProxy } from '../../support/freezing-proxy.ts';
import type { SeededRandom } from '../random.ts';
import { seconds } from '../report/words.ts';
import type { Ways } from './fleet.ts';
import type { Site } from './site.ts';

/** How long new connections hang as well, milliseconds: shorter and longer than an executor's patience. */
const cutOffMs = { min: 5_000, max: 30_000 };
/**
 * How long an executor may take until it is ready again, milliseconds: other faults go on meanwhile, which keep it from
 * that.
 */
const recoveryMs = 180_000;

/** All connections of an executor to PostgreSQL go silent. */
export function freezeDatabase(site: Site, random: SeededRandom): Promise<string> {
  return freeze(site, random, 'database', 'PostgreSQL');
}

/** The same of those to RabbitMQ. */
export function freezeBroker(site: Site, random: SeededRandom): Promise<string> {
  return freeze(site, random, 'broker', 'RabbitMQ');
}

async function freeze(site: Site, random: SeededRandom, way: keyof Ways, name: string): Promise<string> {
  const { fleet, disruptions } = site;
  const victim = fleet.pick(random);
  if (!victim) return 'no executor is awake to be cut off';
  const proxy = fleet.waysOf(victim)[way];
  const newOnes = random.chance(0.5) ? 'work' : 'hang';
  const direction = random.pick(['both', 'to server', 'from server'] as const);
  const forMs = random.integer(cutOffMs);
  const setAside = fleet.setAside(victim);
  const from = performance.now();
  // What was called, and could not be written down, is called again by others.
  await disruptions.during('calls', async () => {
    proxy.freeze(newOnes, direction);
    if (newOnes === 'hang') {
      await delay(forMs);
      proxy.thaw();
    }
    await untilReady(`${victim.url}/readyz`, proxy);
  });
  setAside();
  const what = newOnes === 'work' ? 'connections' : `connections, and new ones for ${seconds(forMs)},`;
  const tookMs = performance.now() - from;
  return `${victim.name}: ${what} to ${name} went silent (${direction}); it was ready again after ${seconds(tookMs)}`;
}

/** Ready, and none of the frozen connections is used any more. */
async function untilReady(url: string, proxy: FreezingProxy): Promise<void> {
  await eventually(async () => {
    const { ok } = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const isUsed = proxy.connections.some(({ isFrozen, isAbandoned }) => isFrozen && !isAbandoned);
    return (ok && !isUsed) || undefined;
  }, recoveryMs);
}
