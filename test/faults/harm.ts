import { setTimeout as delay } from 'node:timers/promises';
import { faults, type FaultKind } from './injection/faults.ts';
import { planOfFaults, type Step } from './injection/plan.ts';
import type { RunOptions, Scene } from './run.ts';

/** How often each fault was injected. */
export type Injected = ReadonlyMap<FaultKind, number>;

/**
 * Carries out the plan of faults until its time is over. Its pauses are a part of it: nothing is waited for by them.
 */
export async function harm({ scenario, say, signal }: RunOptions, { site, random }: Scene): Promise<Injected> {
  const { faults: plan, durationMs } = scenario;
  const injected = new Map<FaultKind, number>();
  const meanwhile: Promise<void>[] = [];
  const act = async (kind: FaultKind, { number }: Step) => {
    injected.set(kind, (injected.get(kind) ?? 0) + 1);
    say(await faults[kind].inject(site, random.for(`${kind} ${String(number)}`)));
  };
  const until = performance.now() + (durationMs ?? Infinity);
  const isOver = () =>
    durationMs === undefined ? sum(injected.values()) >= plan.kinds.length : performance.now() > until;
  for (const step of planOfFaults(plan, random.for('plan'))) {
    if (isOver()) break;
    await delay(step.pauseMs, undefined, { signal });
    const { long = [], short = [] } = Object.groupBy(step.faults, (kind) => (faults[kind].lasts ? 'long' : 'short'));
    for (const kind of long) {
      const acting = act(kind, step);
      // Its failure is reported at the end of the run, whose logs are kept; until then it has no listener.
      acting.catch(() => undefined);
      meanwhile.push(acting);
    }
    await Promise.all(short.map((kind) => act(kind, step)));
  }
  await Promise.all(meanwhile);
  return injected;
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}
