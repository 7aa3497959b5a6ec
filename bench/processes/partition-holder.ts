/** Stands for the other executors: it holds partitions, and takes what comes there without doing anything with it. */
import { connect, type Channel, type ConsumeMessage } from 'amqplib';
import { processesNow, type ProcessUse } from '../processor-time.ts';
import { serve } from './serve.ts';

export type PartitionHolderTask =
  /** To be asked for while no executor consumes the partitions, so that none of them gets one of these. */
  | { readonly do: 'hold'; readonly amqpUrl: string; readonly queues: readonly string[] }
  /** Answers with {@link Arrived} when this number of events of a run has arrived. */
  | { readonly do: 'count'; readonly run: string; readonly events: number };

/** All processes when the last event came; on Linux. */
export interface Arrived {
  readonly processes?: readonly ProcessUse[];
}

/** Above that of every executor: RabbitMQ 4 gives a partition to the consumer of the highest priority. */
const priority = 2_000_000_000;
const prefetch = 1_024;
/** When no event has come for so long, none will; services have started by then. */
const patienceMs = 60_000;

let onMessage: (content: Buffer) => void = () => undefined;

async function hold({ amqpUrl, queues }: Extract<PartitionHolderTask, { do: 'hold' }>): Promise<void> {
  const channel: Channel = await (await connect(amqpUrl)).createChannel();
  await channel.prefetch(prefetch);
  const take = (message: ConsumeMessage | null): void => {
    if (!message) throw new Error('a partition has gone');
    onMessage(message.content);
    channel.ack(message);
  };
  for (const queue of queues) await channel.consume(queue, take, { priority });
}

function counted({ run, events }: Extract<PartitionHolderTask, { do: 'count' }>): Promise<Arrived> {
  return new Promise((resolve, reject) => {
    const mark = `"event":{"id":"${run}:`;
    let count = 0;
    let before = -1;
    const watch = setInterval(() => {
      if (count === before)
        reject(new Error(`${String(count)} of ${String(events)} events were forwarded, and no more`));
      before = count;
    }, patienceMs);
    onMessage = (content) => {
      // A message may bring several events.
      const came = content.toString('latin1').split(mark).length - 1;
      count += came;
      if (came === 0 || count < events) return;
      clearInterval(watch);
      const processes = processesNow();
      resolve(processes ? { processes } : {});
    };
  });
}

serve((task: PartitionHolderTask): Promise<unknown> => (task.do === 'hold' ? hold(task) : counted(task)));
