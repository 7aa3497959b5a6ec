import { type Figure, type Finding, type Series } from '../figure.ts';
import { parts, total, type ProcessorTime } from '../processor-time.ts';
import { inTurns } from '../harness/alternating.ts';
import { costNeeds, type Load, type Run, type Harness } from '../harness/harness.ts';

const turns = 5;
/** The share of a run that is not counted. */
const warmUpShare = 1 / 2;
/**
 * V8 compiles and optimizes for the first half of them, on threads of its own that take a quarter of the executor's
 * processor time meanwhile. What runs for weeks is as fast as the second half.
 */
const usual = { events: 150_000, bytes: 500 };
const quickEvents = 10_000;

interface Case {
  readonly handlers: number;
  readonly bytes: number;
  readonly events: number;
}

const others: Case[] = [
  { handlers: 3, bytes: 500, events: 24_000 },
  { handlers: 10, bytes: 500, events: 8_000 },
  { handlers: 1, bytes: 4_096, events: 40_000 },
  { handlers: 1, bytes: 65_536, events: 8_000 },
];

/**
 * A backlog of events through everything (order, gate, journal, acknowledged after the commit), beside the bare loop,
 * and beside the floor: the same promises in one process and nothing else.
 */
export async function fastLane(harness: Harness): Promise<Finding[]> {
  const findings = await besideFloorAndLoop(harness);
  for (const each of harness.quick ? [] : others) findings.push(await besideLoop(harness, each));
  return findings;
}

/** One handler and small events: what the targets are of. */
async function besideFloorAndLoop(harness: Harness): Promise<Finding[]> {
  const name = nameOf({ handlers: 1, bytes: usual.bytes });
  harness.say(`fast-lane: ${name}`);
  await harness.haveHandlers([{}]);
  const load = { ...loadOf(harness, usual), watchProcessor: true };
  const runs = { provisor: [] as Run[], floor: [] as Run[], loop: [] as Run[] };
  for (let turn = 0; turn < turns; turn++) {
    runs.provisor.push(await harness.product(load));
    runs.floor.push(await harness.floor(load));
    runs.loop.push(await harness.bareLoop(load));
  }
  const speed = {
    unit: 'events/s',
    ours: series('provisor', runs.provisor.map(perSecond)),
    guarded: 'higher',
  } as const;
  return [
    { name, ...speed, reference: series('bare loop', runs.loop.map(perSecond)), target: { atLeast: 0.6 } },
    {
      name: `${name}, beside the floor`,
      ...speed,
      reference: series('floor', runs.floor.map(perSecond)),
      target: { atLeast: 0.9 },
    },
    ...costs(costsOf(runs.provisor), costsOf(runs.floor), costsOf(runs.loop)),
  ];
}

type Costs = readonly ProcessorTime[] | undefined;

/**
 * Processor time of an event: of all processes beside the bare loop, and of each beside the floor, which has the same
 * ones.
 */
function costs(ours: Costs, floor: Costs, loop: Costs): Finding[] {
  if (!ours || !floor || !loop) return [{ name: 'processor time', leftOut: costNeeds }];
  const figure = (name: string, of: (cost: ProcessorTime) => number, reference: Series): Figure => {
    return { name: `processor time, ${name}`, unit: 'µs/event', ours: series('provisor', ours.map(of)), reference };
  };
  return [
    { ...figure('all processes', total, series('bare loop', loop.map(total))), target: { atMost: 1.6 } },
    figure('all processes, beside the floor', total, series('floor', floor.map(total))),
    ...parts.map((part) => {
      const name = part === 'consumer' ? 'executor' : part;
      return figure(
        name,
        (cost) => cost[part],
        series(
          'floor',
          floor.map((cost) => cost[part]),
        ),
      );
    }),
  ];
}

async function besideLoop(harness: Harness, { handlers, bytes, events }: Case): Promise<Figure> {
  const load = loadOf(harness, { events, bytes });
  await harness.haveHandlers(Array.from({ length: handlers }, () => ({})));
  const name = nameOf({ handlers, bytes });
  harness.say(`fast-lane: ${name}`);
  const measured = async (run: Promise<Run>): Promise<number> => perSecond(await run) / handlers;
  const both = await inTurns(
    turns,
    { name: 'provisor', measure: () => measured(harness.product(load, { calls: load.events * handlers })) },
    { name: 'bare loop', measure: () => measured(harness.bareLoop(load, handlers)) },
  );
  return { name, unit: 'events/s', ...both };
}

function loadOf(harness: Harness, { events, bytes }: Pick<Case, 'events' | 'bytes'>): Load {
  const long = { events, warmUp: Math.round(events * warmUpShare) };
  return { ...(harness.quick ? { events: quickEvents } : long), keys: 1_000, bytes };
}

/** Of every run, or none. */
function costsOf(runs: readonly Run[]): Costs {
  const known = runs.flatMap(({ cost }) => cost ?? []);
  return known.length === runs.length ? known : undefined;
}

function series(name: string, runs: readonly number[]): Series {
  return { name, runs };
}

function perSecond({ calls, seconds }: Run): number {
  return calls / seconds;
}

function nameOf({ handlers, bytes }: Pick<Case, 'handlers' | 'bytes'>): string {
  const size = bytes < 1_024 ? `${(bytes / 1_000).toFixed(1)} kB` : `${String(Math.round(bytes / 1_024))} KiB`;
  return `${handlers === 1 ? 'one handler' : `${String(handlers)} handlers`}, ${size}`;
}
