import { setTimeout as delay } from 'node:timers/promises';
import { MeasurementError } from '../bench-error.ts';
import type { Figure, Finding } from '../figure.ts';
import { parts, total, type ProcessorTime } from '../processor-time.ts';
import { costNeeds, streamOf, type Load, type Run, type Harness } from '../harness/harness.ts';

const turns = 3;
const usualKeys = 100_000;
const quickKeys = 10_000;
/** Enough for a process that has just started to be as fast as it gets. */
const warmUpShare = 1 / 3;

/** Nothing listens there: the port is reserved (RFC 6335), and calls are refused at once. */
const deadTarget = 'http://127.0.0.1:1/';
/** What was called and refused is due again soon. The rest waits for the circuit, and is due at once. */
const retry = { maxAttempts: 100, schedule: ['5s'] };
/** If no more events come to the slow lane within this time, none will. */
const patienceMs = 30_000;

/** The slow lane: waiting keys, and how many of them are not due. */
interface Waiting {
  readonly keys: number;
  readonly early: number;
}

/**
 * The target was down, and is back: one event of each key waits in the slow lane, and all are due. Measures how fast
 * they are handled, beside as many events in the fast lane.
 */
export async function waiting(harness: Harness): Promise<Finding[]> {
  const keys = harness.quick ? quickKeys : usualKeys;
  const load: Load = {
    events: keys,
    keys,
    bytes: 500,
    warmUp: Math.round(keys * warmUpShare),
    watchProcessor: true,
  };
  const runs = { slow: [] as Run[], fast: [] as Run[] };
  for (let turn = 0; turn < (harness.quick ? 1 : turns); turn++) {
    harness.say(`waiting: turn ${String(turn + 1)}, the slow lane`);
    runs.slow.push(await drained(harness, load));
    harness.say(`waiting: turn ${String(turn + 1)}, the fast lane`);
    await harness.haveHandlers([{}]);
    runs.fast.push(await harness.product(load));
  }
  return figures(keys, runs.slow, runs.fast);
}

function figures(keys: number, slow: readonly Run[], fast: readonly Run[]): Finding[] {
  const both = (of: (run: Run) => number): Pick<Figure, 'ours' | 'reference'> => ({
    ours: { name: 'slow lane', runs: slow.map(of) },
    reference: { name: 'fast lane', runs: fast.map(of) },
  });
  const name = `${keys.toLocaleString('en')} waiting keys`;
  const pace: Figure = { name, unit: 'events/s', ...both(perSecond), target: { atLeast: 0.5 } };
  if ([...slow, ...fast].some(({ cost }) => !cost)) return [pace, { name: 'processor time', leftOut: costNeeds }];
  const cost = (what: string, of: (cost: ProcessorTime) => number): Figure => {
    return { name: `processor time, ${what}`, unit: 'µs/event', ...both((run) => of(run.cost!)) };
  };
  return [
    pace,
    cost('all processes', total),
    ...parts.map((part) => cost(part === 'consumer' ? 'executor' : part, (each) => each[part])),
  ];
}

/** Has a dead target put one event of each key into the slow lane, corrects the target, and has all events handled. */
async function drained(harness: Harness, load: Load): Promise<Run> {
  await harness.haveHandlers([{ task: { type: 'http', url: deadTarget }, retry }]);
  const stream = streamOf(load);
  await harness.withExecutors(1, {}, async (start) => {
    await harness.publish(stream, undefined, start);
    await settled(harness, ({ keys }) => keys === load.events);
  });
  await revive(harness);
  await settled(harness, ({ early }) => early === 0);
  return harness.withExecutors(1, {}, async (start) => {
    const { warmUp, watchProcessor } = load;
    const received = harness.receive({
      run: stream.run,
      calls: load.events,
      warmUp: warmUp!,
      watchProcessor: watchProcessor!,
    });
    const running = await start();
    const reception = await received;
    await harness.journaled(stream, load.events, load.events);
    const pids = running.map(({ process }) => process.pid);
    const cost = reception.processor && harness.costOf(reception.processor, pids, reception.calls);
    return { ...reception, ...(cost && { cost }) };
  });
}

/** Corrects the handler: a waiting event continues with its handler as it is then. */
async function revive(harness: Harness): Promise<void> {
  const { installation } = harness;
  const { items } = await installation.json<{ items: { id: string }[] }>('GET', '/handlers');
  await installation.json('PATCH', `/handlers/${items[0]!.id}`, { task: { type: 'http', url: harness.target(0) } });
}

/** Waits until the slow lane is as wanted. */
async function settled({ database }: Harness, isWanted: (waiting: Waiting) => boolean): Promise<void> {
  let changedAt = performance.now();
  let before: Waiting | undefined;
  for (;;) {
    const { rows } = await database.query<Waiting>(
      `select count(*)::integer as keys, count(*) filter (where due_at > now())::integer as early from deferral_keys`,
    );
    const now = rows[0]!;
    if (isWanted(now)) return;
    if (now.keys !== before?.keys || now.early !== before.early) changedAt = performance.now();
    if (performance.now() - changedAt > patienceMs) {
      throw new MeasurementError(`the slow lane stays with ${JSON.stringify(now)}`);
    }
    before = now;
    await delay(200);
  }
}

function perSecond({ calls, seconds }: Run): number {
  return calls / seconds;
}
