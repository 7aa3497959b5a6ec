import type { Figure } from '../figure.ts';
import { percentile } from '../percentile.ts';
import type { Reception } from '../processes/receiver.ts';
import type { Load, Harness } from '../harness/harness.ts';

/** Shares of the peak rate, and how many events are enough for a 99th percentile to mean something. */
const arrivals = [
  { share: 0.01, events: 600 },
  { share: 0.1, events: 4_000 },
  { share: 0.5, events: 15_000 },
];
const percentiles = [50, 95, 99, 99.9];
/** So long events come that do not count: a process that has just started is slow, and has caught up after that. */
const warmUpSeconds = 5;

/**
 * From when an event is due to be published until its handler is called, with events that are due at a steady rate
 * whether or not those before them are done: a wait that one event causes counts for all that come in it (no
 * coordinated omission).
 */
export async function latency(harness: Harness): Promise<Figure[]> {
  await harness.haveHandlers([{}]);
  const load: Omit<Load, 'rate'> = { events: harness.quick ? 5_000 : 15_000, keys: 1_000, bytes: 500 };
  const peak = perSecond(await harness.product(load));
  const chosen = harness.quick ? arrivals.filter(({ share }) => share === 0.1) : arrivals;
  const figures: Figure[] = [];
  for (const { share, events } of chosen) {
    const rate = Math.max(1, Math.round(peak * share));
    harness.say(`latency: ${String(rate)} events/s`);
    const warmUp = rate * warmUpSeconds;
    const counted = harness.quick ? events / 2 : events;
    figures.push(...(await measured(harness, { ...load, events: warmUp + counted, warmUp, rate }, share)));
  }
  return figures;
}

async function measured(harness: Harness, load: Load & { rate: number }, share: number): Promise<Figure[]> {
  const ours: Reception[] = [];
  const reference: Reception[] = [];
  for (let turn = 0; turn < (harness.quick ? 1 : 3); turn++) {
    ours.push(await harness.product(load));
    reference.push(await harness.bareLoop(load));
  }
  return percentiles.map((percent): Figure => {
    const of = (receptions: Reception[]): number[] => receptions.map(({ latencies }) => percentile(latencies, percent));
    const isTarget = share === 0.1 && percent === 99;
    return {
      name: `p${String(percent)} at ${String(load.rate)}/s (${String(share * 100)} % of the peak)`,
      unit: 'ms',
      ours: { name: 'provisor', runs: of(ours) },
      reference: { name: 'bare loop', runs: of(reference) },
      ...(isTarget && { target: { atMost: 2 } }),
    };
  });
}

function perSecond({ calls, seconds }: Reception): number {
  return calls / seconds;
}
