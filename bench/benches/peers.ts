import { connect, type Options } from 'amqplib';
import type { Figure, Finding, Target } from '../figure.ts';
import type { NestConsumerTask } from '../processes/nest-consumer.ts';
import type { Dialect } from '../processes/peer-message.ts';
import type { Reception } from '../processes/receiver.ts';
import { inTurns } from '../stand/alternating.ts';
import { celeryHere, withCelery } from '../stand/celery.ts';
import { Helper } from '../stand/helper.ts';
import { streamOf, type Load, type Stand } from '../stand/stand.ts';

const quorum = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
/** What Celery declares by itself. */
const classic = { durable: true };
const celeryProcesses = 2;

interface Peer {
  readonly name: string;
  readonly dialect: Dialect;
  readonly queue: string;
  readonly options: Options.AssertQueue;
  /** Has it at work while something else is waited for. */
  readonly withIt: (work: () => Promise<Reception>) => Promise<Reception>;
  /** So many that the run takes seconds, when it is no quick one. */
  readonly events: number;
  readonly target?: Target;
}

/** What people would use instead, with the same events and the same target. They keep no order and no journal. */
export async function peers(stand: Stand): Promise<Finding[]> {
  await stand.haveHandlers([{}]);
  return [await beside(stand, 'NestJS microservice', nest(stand)), await besideCelery(stand)];
}

async function besideCelery(stand: Stand): Promise<Finding> {
  const processes = `${String(celeryProcesses)} processes`;
  const version = await celeryHere();
  if (version !== undefined) return beside(stand, `${version}, ${processes}`, celery(stand));
  const how = 'pip install celery requests, for the python3 that is found first';
  return { name: `Celery, ${processes}`, leftOut: `python3 has no Celery: ${how}` };
}

async function beside(stand: Stand, name: string, peer: Peer): Promise<Figure> {
  stand.say(`peers: ${name}`);
  const load: Load = { ...loadOf(stand, peer), keys: 1_000, bytes: 500 };
  const perSecond = ({ calls, seconds }: Reception): number => calls / seconds;
  const series = await inTurns(
    stand.quick ? 1 : 3,
    { name: 'provisor', measure: async () => perSecond(await stand.product(load)) },
    { name: peer.name, measure: async () => perSecond(await runOf(stand, peer, load)) },
  );
  const { target } = peer;
  return { name, unit: 'events/s', ...series, ...(target && { target }) };
}

function loadOf({ quick }: Stand, { events }: Peer): Pick<Load, 'events' | 'warmUp'> {
  return quick ? { events: 3_000 } : { events, warmUp: Math.round(events / 3) };
}

async function runOf(stand: Stand, { dialect, queue, options, withIt }: Peer, load: Load): Promise<Reception> {
  const connection = await connect(stand.installation.servers.amqpUrl);
  try {
    const channel = await connection.createChannel();
    await channel.assertQueue(queue, options);
    const stream = streamOf(load);
    const received = stand.receive({
      run: stream.run,
      calls: load.events,
      ...(load.warmUp !== undefined && { warmUp: load.warmUp }),
    });
    await stand.publish(stream, undefined, () => Promise.resolve(), { queue, dialect });
    const reception = await withIt(() => received);
    await channel.deleteQueue(queue);
    return reception;
  } finally {
    await connection.close();
  }
}

function nest(stand: Stand): Peer {
  const queue = 'bench.nest';
  const { amqpUrl } = stand.installation.servers;
  const withIt: Peer['withIt'] = async (work) => {
    const consumer = Helper.start<NestConsumerTask>('nest-consumer');
    try {
      await consumer.ask({ amqpUrl, queue, origin: stand.origin });
      return await work();
    } finally {
      await consumer.stop();
    }
  };
  return { name: 'NestJS', dialect: 'nest', queue, options: quorum, withIt, events: 60_000, target: { atLeast: 1 } };
}

function celery(stand: Stand): Peer {
  const queue = 'bench.celery';
  const { amqpUrl } = stand.installation.servers;
  const options = { amqpUrl, queue, origin: stand.origin, processes: celeryProcesses };
  const withIt: Peer['withIt'] = (work) => withCelery(options, work);
  return { name: 'Celery', dialect: 'celery', queue, options: classic, withIt, events: 10_000 };
}
