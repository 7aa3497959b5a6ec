import { partitionQueue } from '#contracts';
import type { RunningExecutor } from '../../test/support/installation.ts';
import { samplesOf } from '../../test/support/metric-samples.ts';
import { MeasurementError } from '../bench-error.ts';
import type { Figure, Finding } from '../figure.ts';
import { parts, processesNow, total, type ProcessorTime, type ProcessUse } from '../processor-time.ts';
import type { Arrived, PartitionHolderTask } from '../processes/partition-holder.ts';
import { Helper } from '../harness/helper.ts';
import { costNeeds, streamOf, type Load, type Harness } from '../harness/harness.ts';

/**
 * An executor that lacks a partition forwards every event. Another consumer holds this one, to which no event belongs.
 */
const heldPartition = 0;
/** Before what counts, so that the executor has its full speed and dispatches as wanted. */
const warmUpEvents = 10_000;
/** An executor that does not dispatch as wanted after this many warm-ups never will. */
const mostWarmUps = 5;

type Holder = Helper<PartitionHolderTask>;
type Way = 'direct' | 'forwarding';
/** Has a load done, and answers with all processes at that moment; undefined where they cannot be seen. */
type Work = (load: Load) => Promise<readonly ProcessUse[] | undefined>;

/**
 * What an event takes of the processor with the hop through intake and partition, beside direct dispatch; and what the
 * intake takes for an event that it only forwards, beside an executor that handles it from end to end.
 */
export async function hop(harness: Harness): Promise<Finding[]> {
  if (!processesNow()) return [{ name: 'processor time', leftOut: costNeeds }];
  await harness.haveHandlers([{}]);
  const { partitions } = harness.installation;
  const spared = { partition: heldPartition, partitions };
  const load: Load = { events: harness.quick ? 20_000 : 40_000, keys: 1_000, bytes: 500, spared };
  const every = Array.from({ length: partitions }, (_, partition) => partition);
  const handle: Work = (each) => handled(harness, each);
  const costs: Costs = { direct: [], withHop: [], intake: [] };
  const turns = harness.quick ? 1 : 5;
  for (let turn = 0; turn < turns; turn++) {
    harness.say(`hop: turn ${String(turn + 1)} of ${String(turns)}`);
    const direct = await measured(harness, load, 'direct', handle);
    const withHop = await holding(harness, [heldPartition], () => measured(harness, load, 'forwarding', handle));
    const intake = await holding(harness, every, (holder) =>
      measured(harness, load, 'forwarding', (each) => forwarded(harness, each, holder)),
    );
    if (!direct || !withHop || !intake) return [{ name: 'processor time', leftOut: costNeeds }];
    costs.direct.push(direct);
    costs.withHop.push(withHop);
    costs.intake.push(intake);
  }
  return figures(costs);
}

/** Of each turn. */
type Costs = Record<'direct' | 'withHop' | 'intake', ProcessorTime[]>;

function figures({ direct, withHop, intake }: Costs): Figure[] {
  const figure = (name: string, of: (cost: ProcessorTime) => number): Figure => ({
    name: `with the hop, ${name}`,
    unit: 'µs/event',
    ours: { name: 'provisor', runs: withHop.map(of) },
    reference: { name: 'direct dispatch', runs: direct.map(of) },
  });
  /** The pace of an executor that has a core of its own. */
  const perCore = ({ consumer }: ProcessorTime): number => 1e6 / consumer;
  return [
    { ...figure('all processes', total), target: { atMost: 1.25 } },
    ...parts.map((part) => figure(part === 'consumer' ? 'executor' : part, (cost) => cost[part])),
    {
      name: 'the intake forwards',
      unit: 'events/processor second',
      ours: { name: 'intake', runs: intake.map(perCore) },
      reference: { name: 'handled from end to end', runs: direct.map(perCore) },
      target: { atLeast: 4 },
    },
  ];
}

/**
 * What one executor takes for an event, with all that it has servers and target do. Events are published while it
 * works: a backlog would be forwarded before the executor can know that it has all partitions.
 */
async function measured(harness: Harness, load: Load, way: Way, work: Work): Promise<ProcessorTime | undefined> {
  return harness.withExecutors(1, {}, async (start) => {
    const [executor] = (await start()) as [RunningExecutor];
    await warmUp(executor, way, () => work({ ...load, events: warmUpEvents }));
    const from = processesNow();
    const to = await work(load);
    if ((await wayOf(executor)) !== way) throw new MeasurementError(`the executor ended the way ${way} within a run`);
    return from && to && harness.costOf({ from, to }, [executor.process.pid], load.events);
  });
}

async function warmUp(executor: RunningExecutor, way: Way, work: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < mostWarmUps; time++) {
    await work();
    if ((await wayOf(executor)) === way) return;
  }
  throw new MeasurementError(`the executor did not get to ${way}`);
}

async function wayOf({ url }: RunningExecutor): Promise<Way> {
  const samples = samplesOf(await (await fetch(`${url}/metrics`)).text());
  return samples.value('provisor_direct_dispatch') === 1 ? 'direct' : 'forwarding';
}

/** Every event is handled. */
async function handled(harness: Harness, load: Load): ReturnType<Work> {
  const stream = streamOf(load);
  const received = harness.receive({ run: stream.run, calls: load.events, watchProcessor: true });
  await harness.publish(stream, undefined, () => Promise.resolve());
  const { processor } = await received;
  await harness.journaled(stream, load.events, load.events);
  return processor?.to;
}

/** Every event is forwarded to partitions that the holder has. */
async function forwarded(harness: Harness, load: Load, holder: Holder): ReturnType<Work> {
  const stream = streamOf(load);
  const arrived = holder.ask<Arrived>({ do: 'count', run: stream.run, events: load.events });
  // It is waited for after everything is published, and may have failed by then.
  arrived.catch(() => undefined);
  await harness.publish(stream, undefined, () => Promise.resolve());
  return (await arrived).processes;
}

async function holding<T>(
  harness: Harness,
  partitions: readonly number[],
  work: (holder: Holder) => Promise<T>,
): Promise<T> {
  const holder: Holder = Helper.start('partition-holder');
  try {
    const { amqpUrl } = harness.installation.servers;
    await holder.ask({ do: 'hold', amqpUrl, queues: partitions.map(partitionQueue) });
    return await work(holder);
  } finally {
    await holder.stop();
  }
}
