import { ServerUnavailableError } from '../../tools/servers/server-error.ts';
import { eventually } from '../../test/support/eventually.ts';
import { MeasurementError } from '../bench-error.ts';
import type { Figure, Finding } from '../figure.ts';
import { streamOf, type Harness } from '../harness/harness.ts';
import type { Stream } from '../processes/bench-event.ts';

/**
 * How long the handler's target takes, and how many calls of it an executor may make at a time: 80 a second at most, so
 * that eight executors on two slow cores still wait for their target, and not for the processor.
 */
const delayMs = 200;
const atATime = 16;
const perExecutor = (1_000 / delayMs) * atATime;
/** More than the usual 16, so that eight executors get about as many each. */
const partitions = 64;
/** Enough for each partition to have some, and so few that none of them waits for its turn for seconds. */
const keys = 512;
/** How long a backlog lasts, if every executor makes as many calls as it may. */
const backlogSeconds = { usual: 20, quick: 12 };
/** The beginning of a run that is not counted: the backlog is dealt to its partitions, and code is compiled. */
const warmUpMs = 4_000;
const counts = [1, 2, 4, 8];
const target = { atLeast: 3.6 };

interface Paces {
  /** Calls a second while every executor had some to make. */
  readonly together: number;
  /** Calls a second until the last executor was done. */
  readonly untilDone: number;
}

/**
 * Handlers that wait for their target, which more executors do at once; and how soon an executor that joins has work.
 */
export async function scale(harness: Harness): Promise<Finding[]> {
  let four: Harness;
  try {
    four = await harness.beside({ broker: 'rabbitmq4', settings: { PARTITIONS: String(partitions) } });
  } catch (error) {
    if (!(error instanceof ServerUnavailableError)) throw error;
    const why = 'RabbitMQ 3 leaves all partitions with the executor that came first, so more of them change nothing';
    return [{ name: 'executors 1 → 8', leftOut: `it needs RabbitMQ 4. ${why}. ${error.message}` }];
  }
  try {
    await four.haveHandlers([{ maxConcurrency: atATime }]);
    return [...(await more(four)), await joining(four)];
  } finally {
    await four.close();
  }
}

async function more(harness: Harness): Promise<Figure[]> {
  const paces = new Map<number, Paces[]>(counts.map((count) => [count, []]));
  const turns = harness.quick ? 1 : 3;
  for (let turn = 0; turn < turns; turn++) {
    for (const count of counts) {
      harness.say(
        `scale: ${String(count)} executor${count > 1 ? 's' : ''}, turn ${String(turn + 1)} of ${String(turns)}`,
      );
      paces.get(count)!.push(await run(harness, count));
    }
  }
  const figure = (count: number, how: keyof Paces, words: string): Figure => {
    const runsOf = (executors: number): number[] => paces.get(executors)!.map((pace) => pace[how]);
    return {
      name: `${String(count)} executors, ${words}`,
      unit: 'events/s',
      ours: { name: String(count), runs: runsOf(count) },
      reference: { name: 'one executor', runs: runsOf(1) },
      ...(count === 4 && how === 'together' && { target }),
    };
  };
  const several = counts.filter((count) => count > 1);
  return [
    ...several.map((count) => figure(count, 'together', 'while all have work')),
    ...several.map((count) => figure(count, 'untilDone', 'until the backlog is done')),
  ];
}

async function run(harness: Harness, executors: number): Promise<Paces> {
  const stream = streamOf({
    events: executors * perExecutor * backlogSeconds[harness.quick ? 'quick' : 'usual'],
    keys,
    bytes: 500,
  });
  await harness.withExecutors(executors, {}, async (start) => {
    await start();
    await allHavePartitions(harness, executors);
    await drain(harness, stream, () => Promise.resolve());
  });
  return pacesOf(harness, stream, executors);
}

/** From the start of an executor until its first call, while another one works at a backlog. */
async function joining(harness: Harness): Promise<Figure> {
  const delays: number[] = [];
  for (let turn = 0; turn < (harness.quick ? 1 : 3); turn++) {
    harness.say('scale: an executor joins');
    const stream = streamOf({ events: perExecutor * 20, keys, bytes: 500 });
    let joinedAt = 0;
    await harness.withExecutors(1, {}, async (startFirst) => {
      await startFirst();
      await harness.withExecutors(1, {}, async (join) => {
        await drain(harness, stream, async () => {
          joinedAt = Date.now();
          await join();
        });
      });
    });
    const calls = await callsOf(harness, stream);
    if (calls.length !== 2) throw new MeasurementError('an executor that joined under load got no work');
    delays.push(calls[1]!.first.getTime() - joinedAt);
  }
  return { name: 'an executor that joins: until its first call', unit: 'ms', ours: { name: 'provisor', runs: delays } };
}

/** Has a backlog worked at, all of which is there before `meanwhile`. Resolves when all of it is in the journal. */
async function drain(harness: Harness, stream: Stream, meanwhile: () => Promise<unknown>): Promise<void> {
  const received = harness.receive({ run: stream.run, calls: stream.events, delayMs });
  await harness.publish(stream, undefined, meanwhile);
  await received;
  await harness.journaled(stream, stream.events, stream.events);
}

async function allHavePartitions({ installation }: Harness, executors: number): Promise<void> {
  await eventually(async () => {
    const { items } = await installation.json<{ items: { partitions: number[] }[] }>('GET', '/executors');
    const read = new Set(items.flatMap((executor) => executor.partitions));
    const all = items.length === executors && items.every((executor) => executor.partitions.length > 0);
    return all && read.size === partitions ? true : undefined;
  }, 60_000);
}

interface Calls {
  readonly first: Date;
  readonly last: Date;
}

/** When each executor began and ended the work on a stream, those first that began first. */
async function callsOf({ database }: Harness, { run }: Stream): Promise<Calls[]> {
  const { rows } = await database.query<Calls>(
    `select min(started_at) as first, max(started_at) as last from attempts where event_id like $1
     group by executor_id order by first`,
    [`${run}:%`],
  );
  return rows;
}

async function pacesOf(harness: Harness, stream: Stream, executors: number): Promise<Paces> {
  const calls = await callsOf(harness, stream);
  if (calls.length !== executors) {
    throw new MeasurementError(`${String(calls.length)} of ${String(executors)} executors had work`);
  }
  const since = Math.max(...calls.map(({ first }) => first.getTime())) + warmUpMs;
  const until = Math.min(...calls.map(({ last }) => last.getTime()));
  const { rows } = await harness.database.query<{ together: number; seconds: number }>(
    `with run as (select started_at, started_at + duration_ms * interval '1 millisecond' as ended_at from attempts
       where event_id like $1)
     select count(*) filter (where ended_at > $2 and ended_at <= $3)::integer as together,
       extract(epoch from max(ended_at) - min(started_at))::double precision as seconds from run`,
    [`${stream.run}:%`, new Date(since), new Date(until)],
  );
  const { together, seconds } = rows[0]!;
  if (until - since < delayMs * 20) throw new MeasurementError('the executors had work together for too short a time');
  return { together: together / ((until - since) / 1_000), untilDone: stream.events / seconds };
}
