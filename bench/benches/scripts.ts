import { join } from 'node:path';
import type { Figure, Finding, Series, Target } from '../figure.ts';
import { withScripts } from '../harness/bench-scripts.ts';
import { amqpConsume, hasAmqpConsume, xargs, type ScriptRuns } from '../harness/script-references.ts';
import { streamOf, type Load, type Harness } from '../harness/harness.ts';

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
 * Scripts, a process for each event, beside `xargs -P` and `amqp-consume` with the same script; and one that stays up
 * beside one that does not.
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
): Promise<Figure[]> {
  const events = Math.min(atMost, eventsEach * atATime);
  const once = { script: join(folder, `once.${ending}`), events: harness.quick ? events / 2 : events, atATime };
  const persistent = { ...once, script: join(folder, `persistent.${ending}`), events: once.events * 10 };
  const runs = { once: [] as number[], xargs: [] as number[], consume: [] as number[], persistent: [] as number[] };
  for (let turn = 0; turn < turns; turn++) {
    harness.say(`scripts: ${name}, ${String(atATime)} at a time, turn ${String(turn + 1)} of ${String(turns)}`);
    runs.once.push(await product(harness, folder, 'once', once));
    runs.xargs.push(await xargs(once));
    if (withConsume) runs.consume.push(await amqpConsume(harness, once));
    runs.persistent.push(await product(harness, folder, 'persistent', persistent));
  }
  const ours: Series = { name: 'provisor', runs: runs.once };
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
    { ...beside(`xargs -P${String(atATime)}`, runs.xargs), ...wanted('xargs') },
    ...(withConsume ? [{ ...beside('amqp-consume', runs.consume), ...wanted('consume') }] : []),
    {
      name: `${name} that stays up, ${parallel}`,
      unit: 'events/s',
      ours: { name: 'provisor', runs: runs.persistent },
      reference: { name: 'a process for each', runs: runs.once },
      ...wanted('persistent'),
    },
  ];
}

/** Events a second, by the journal: from the beginning of the first call that counts until the end of the last one. */
async function product(
  harness: Harness,
  folder: string,
  mode: 'once' | 'persistent',
  { script, events, atATime }: ScriptRuns,
): Promise<number> {
  await harness.haveHandlers([{ task: { type: 'script', path: script, mode }, maxConcurrency: atATime }]);
  // So many keys that there is always one whose turn it is, and so few that none waits for so long that it moves to the
  // slow lane.
  const load: Load = { events, keys: 16 * atATime, bytes: 500 };
  const stream = streamOf(load);
  const warmUp = Math.floor(events * warmUpShare);
  await harness.withExecutors(1, { SCRIPTS_DIRS: folder }, async (start) => {
    await harness.publish(stream, undefined, start);
    await harness.journaled(stream, events, events);
  });
  const { rows } = await harness.database.query<{ seconds: number }>(
    `with run as (select started_at, started_at + duration_ms * interval '1 millisecond' as ended_at from attempts
       where event_id like $1),
       warm as (select started_at from run order by started_at offset $2 limit 1)
     select extract(epoch from max(ended_at) - (select started_at from warm))::double precision as seconds from run`,
    [`${stream.run}:%`, warmUp],
  );
  return (events - warmUp) / rows[0]!.seconds;
}
