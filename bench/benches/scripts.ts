import { join } from 'node:path';
import type { RunningExecutor } from '../../test/support/installation.ts';
import type { Figure, Finding, Series, Target } from '../figure.ts';
import { withScripts } from '../harness/bench-scripts.ts';
import { amqpConsume, hasAmqpConsume, xargs, type ScriptRuns, type XargsRun } from '../harness/script-references.ts';
import { processesNow, total, type ProcessorTime } from '../processor-time.ts';
import type { Stream } from '../processes/bench-event.ts';
import { costNeeds, streamOf, type Harness } from '../harness/harness.ts';

interface Language {
  readonly name: string;
  readonly ending: string;
  readonly eventsEach: number;
  readonly atMost: number;
  /** Beside each reference. */
  readonly targets: Readonly<Partial<Record<'xargs' | 'consume' | 'persistent', Target>>>;
}

/** The number at a time that the targets are of. */
const usual = 4;
const turns = 3;
const languages: readonly Language[] = [
  {
    ...{ name: 'Python', ending: 'py', eventsEach: 200, atMost: 720 },
    targets: { xargs: { atLeast: 0.85 }, consume: { atLeast: 1 }, persistent: { atLeast: 10 } },
  },
  {
    ...{ name: 'shell', ending: 'sh', eventsEach: 600, atMost: 1_800 },
    targets: { xargs: { atLeast: 0.5 } },
  },
];
/** Not counted: an executor that has just started takes as much for a script as the script itself. */
const warmUpShare = 0.4;

/**
 * Scripts, a process for each event, beside `xargs -P` and `amqp-consume` with the same script; and a persistent one
 * beside one that is not.
 */
export async function scripts(harness: Harness): Promise<Finding[]> {
  return withScripts(async (folder) => {
    const findings: Finding[] = [];
    const withConsume = !harness.quick && (await hasAmqpConsume());
    for (const language of harness.quick ? languages.slice(0, 1) : languages) {
      for (const atATime of harness.quick ? [usual] : [1, 2, 4, 8]) {
        findings.push(...(await measured(harness, folder, language, atATime, withConsume)));
      }
    }
    if (!harness.quick && !withConsume) {
      findings.push({ name: 'beside amqp-consume', leftOut: 'it is not installed: apt-get install amqp-tools' });
    }
    return findings;
  });
}

async function measured(
  harness: Harness,
  folder: string,
  { name, ending, eventsEach, atMost, targets }: Language,
  atATime: number,
  withConsume: boolean,
): Promise<Finding[]> {
  const events = Math.min(atMost, eventsEach * atATime);
  const once = { script: join(folder, `once.${ending}`), events: harness.quick ? events / 2 : events, atATime };
  const persistent = { ...once, script: join(folder, `persistent.${ending}`), events: once.events * 10 };
  const runs = {
    once: [] as ProductRun[],
    xargs: [] as XargsRun[],
    consume: [] as number[],
    persistent: [] as ProductRun[],
  };
  for (let turn = 0; turn < turns; turn++) {
    harness.say(`scripts: ${name}, ${String(atATime)} at a time, turn ${String(turn + 1)} of ${String(turns)}`);
    runs.once.push(await product(harness, folder, 'once', once));
    runs.xargs.push(await xargs(once));
    if (withConsume) runs.consume.push(await amqpConsume(harness, once));
    runs.persistent.push(await product(harness, folder, 'persistent', persistent));
  }
  const rates = (of: readonly { perSecond: number }[]): number[] => of.map(({ perSecond }) => perSecond);
  const ours: Series = { name: 'provisor', runs: rates(runs.once) };
  const wanted = (reference: keyof Language['targets']): Pick<Figure, 'target' | 'guarded'> => {
    const target = targets[reference];
    return atATime === usual && target ? { target, guarded: 'higher' } : {};
  };
  const parallel = `${String(atATime)} at a time`;
  const processes = { name: `${name}, a process for each event, ${parallel}`, unit: 'events/s', ours };
  const beside = (reference: string, values: number[]): Figure => ({
    ...processes,
    reference: { name: reference, runs: values },
  });
  return [
    { ...beside(`xargs -P${String(atATime)}`, rates(runs.xargs)), ...wanted('xargs') },
    ...(withConsume ? [{ ...beside('amqp-consume', runs.consume), ...wanted('consume') }] : []),
    ...costs(`${name}, a process for each event, ${parallel}`, runs.once, runs.xargs),
    {
      name: `${name}, persistent, ${parallel}`,
      unit: 'events/s',
      ours: { name: 'provisor', runs: rates(runs.persistent) },
      reference: { name: 'a process for each', runs: ours.runs },
      ...wanted('persistent'),
    },
  ];
}

/** Processor time hardly depends on what else the machine does, while events a second do. */
function costs(name: string, runs: readonly ProductRun[], references: readonly XargsRun[]): Finding[] {
  const ours = runs.flatMap(({ cost }) => cost ?? []);
  if (ours.length < runs.length) return [{ name: `${name}, processor time`, leftOut: costNeeds }];
  const figure = (what: string, of: (cost: ProcessorTime) => number): Figure => ({
    name: `${name}, processor time${what}`,
    unit: 'ms/event',
    ours: { name: 'provisor', runs: ours.map((cost) => of(cost) / 1_000) },
  });
  return [
    { ...figure('', total), reference: { name: 'xargs', runs: references.map(({ processorMs }) => processorMs) } },
    figure(' of the executor and its scripts', ({ consumer }) => consumer),
    figure(' of PostgreSQL', ({ PostgreSQL }) => PostgreSQL),
    figure(' of RabbitMQ', ({ RabbitMQ }) => RabbitMQ),
  ];
}

interface ProductRun {
  /** By the journal: from the beginning of the first call that counts until the end of the last one. */
  readonly perSecond: number;
  readonly cost: ProcessorTime | undefined;
}

async function product(
  harness: Harness,
  folder: string,
  mode: 'once' | 'persistent',
  { script, events, atATime }: ScriptRuns,
): Promise<ProductRun> {
  await harness.haveHandlers([{ task: { type: 'script', path: script, mode }, maxConcurrency: atATime }]);
  // Enough keys that one is always ready, and few enough that none waits long enough to move to the slow lane.
  const load = { keys: 16 * atATime, bytes: 500 };
  const warmUp = Math.floor(events * warmUpShare);
  return harness.withExecutors(1, { SCRIPTS_DIRS: folder }, async (start) => {
    let executors: RunningExecutor[] | undefined;
    const startOnce = async (): Promise<unknown> => (executors ??= await start());
    const published = async (count: number): Promise<Stream> => {
      const stream = streamOf({ ...load, events: count });
      await harness.publish(stream, undefined, startOnce);
      await harness.journaled(stream, count, count);
      return stream;
    };
    await published(warmUp);
    const from = processesNow();
    const { run } = await published(events - warmUp);
    const to = processesNow();
    const { rows } = await harness.database.query<{ seconds: number }>(
      `select extract(epoch from max(started_at + duration_ms * interval '1 millisecond') - min(started_at))::double precision
         as seconds from attempts where event_id like $1`,
      [`${run}:%`],
    );
    const pids = executors!.map(({ process }) => process.pid);
    const cost = from && to && harness.costOf({ from, to }, pids, events - warmUp);
    return { perSecond: (events - warmUp) / rows[0]!.seconds, cost };
  });
}
