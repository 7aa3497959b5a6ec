import { connect, type Options } from 'amqplib';
import type { Figure, Finding, Target } from '../figure.ts';
import type { NestConsumerTask } from '../processes/nest-consumer.ts';
import type { Dialect } from '../processes/peer-message.ts';
import type { Reception } from '../processes/receiver.ts';
import { inTurns } from '../harness/alternating.ts';
import { celeryHere, withCelery } from '../harness/celery.ts';
import { Helper } from '../harness/helper.ts';
import { streamOf, type Load, type Harness } from '../harness/harness.ts';

const quorum = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
/** The queue that Celery declares. */
const classic = { durable: true };
const celeryProcesses = 2;

interface Peer {
  readonly name: string;
  readonly dialect: Dialect;
  readonly queue: string;
  readonly options: Options.AssertQueue;
  /** Has it at work while something else is waited for. */
  readonly withIt: (work: () => Promise<Reception>) => Promise<Reception>;
  /** Enough for a run of some seconds, unless it is a quick one. */
  readonly events: number;
  readonly target?: Target;
}

/** What people would use instead, with the same events and the same target. They keep no order and no journal. */
export async function peers(harness: Harness): Promise<Finding[]> {
  await harness.haveHandlers([{}]);
  return [await beside(harness, 'NestJS microservice', nest(harness)), await besideCelery(harness)];
}

async function besideCelery(harness: Harness): Promise<Finding> {
  const processes = `${String(celeryProcesses)} processes`;
  const version = await celeryHere();
  if (version !== undefined) return beside(harness, `${version}, ${processes}`, celery(harness));
  const how = 'pip install celery requests, for the python3 that is found first';
  return { name: `Celery, ${processes}`, leftOut: `python3 has no Celery: ${how}` };
}

async function beside(harness: Harness, name: string, peer: Peer): Promise<Figure> {
  harness.say(`peers: ${name}`);
  const load: Load = { ...loadOf(harness, peer), keys: 1_000, bytes: 500 };
  const perSecond = ({ calls, seconds }: Reception): number => calls / seconds;
  const series = await inTurns(
    harness.quick ? 1 : 3,
    { name: 'provisor', measure: async () => perSecond(await harness.product(load)) },
    { name: peer.name, measure: async () => perSecond(await runOf(harness, peer, load)) },
  );
  const { target } = peer;
  return { name, unit: 'events/s', ...series, ...(target && { target }) };
}

function loadOf({ quick }: Harness, { events }: Peer): Pick<Load, 'events' | 'warmUp'> {
  return quick ? { events: 3_000 } : { events, warmUp: Math.round(events / 3) };
}

async function runOf(harness: Harness, { dialect, queue, options, withIt }: Peer, load: Load): Promise<Reception> {
  const connection = await connect(harness.installation.servers.amqpUrl);
  try {
    const channel = await connection.createChannel();
    await channel.assertQueue(queue, options);
    const stream = streamOf(load);
    const received = harness.receive({
      run: stream.run,
      calls: load.events,
      ...(load.warmUp !== undefined && { warmUp: load.warmUp }),
    });
    await harness.publish(stream, undefined, () => Promise.resolve(), { queue, dialect });
    const reception = await withIt(() => received);
    await channel.deleteQueue(queue);
    return reception;
  } finally {
    await connection.close();
  }
}

function nest(harness: Harness): Peer {
  const queue = 'bench.nest';
  const { amqpUrl } = harness.installation.servers;
  const withIt: Peer['withIt'] = async (work) => {
    const consumer = Helper.start<NestConsumerTask>('nest-consumer');
    try {
      await consumer.ask({ amqpUrl, queue, origin: harness.origin });
      return await work();
    } finally {
      await consumer.stop();
    }
  };
  return { name: 'NestJS', dialect: 'nest', queue, options: quorum, withIt, events: 60_000, target: { atLeast: 1 } };
}

function celery(harness: Harness): Peer {
  const queue = 'bench.celery';
  const { amqpUrl } = harness.installation.servers;
  const options = { amqpUrl, queue, origin: harness.origin, processes: celeryProcesses };
  const withIt: Peer['withIt'] = (work) => withCelery(options, work);
  return { name: 'Celery', dialect: 'celery', queue, options: classic, withIt, events: 10_000 };
}
