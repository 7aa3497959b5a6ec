import { setTimeout as delay } from 'node:timers/promises';
import type { SeededRandom } from '../random.ts';
import { seconds } from '../report/words.ts';
import type { Site } from './site.ts';

/** How long the place of an executor stays empty, milliseconds. */
const emptyMs = { min: 0, max: 3_000 };

/** Longer than a lease (30 s) and than the broker's patience with a silent peer (two heartbeats of 10 s). */
const pauseMs = { min: 32_000, max: 40_000 };

const nobody = 'no executor is awake to be harmed';

/** SIGKILL; after a while another one takes its place. */
export async function killExecutor({ fleet, disruptions }: Site, random: SeededRandom): Promise<string> {
  const victim = fleet.pick(random);
  if (!victim) return nobody;
  await disruptions.during('calls', () => fleet.kill(victim));
  await delay(random.integer(emptyMs));
  const next = await fleet.start();
  return `${victim.name} was killed (SIGKILL); ${next.name} took its place`;
}

/** SIGTERM; after a while another one takes its place. */
export async function stopExecutor({ fleet }: Site, random: SeededRandom): Promise<string> {
  const victim = fleet.pick(random);
  if (!victim) return nobody;
  const from = performance.now();
  // Stopping in order takes nothing that was answered: it is not noted as a disruption.
  await fleet.stop(victim);
  const tookMs = performance.now() - from;
  await delay(random.integer(emptyMs));
  const next = await fleet.start();
  return `${victim.name} was asked to stop (SIGTERM) and did, in ${seconds(tookMs)}; ${next.name} took its place`;
}

/** SIGSTOP for so long that others take over, then SIGCONT. */
export async function pauseExecutor({ fleet, disruptions }: Site, random: SeededRandom): Promise<string> {
  const victim = fleet.pick(random);
  if (!victim) return nobody;
  const forMs = random.integer(pauseMs);
  // From then on it makes no calls that it could forget.
  const goOn = await disruptions.during('calls', () => Promise.resolve(fleet.pause(victim)));
  await delay(forMs);
  goOn();
  return `${victim.name} stood still for ${seconds(forMs)} (SIGSTOP) and woke up`;
}
