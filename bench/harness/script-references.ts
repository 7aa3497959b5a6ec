import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { connect } from 'amqplib';
import { execa } from 'execa';
import { MeasurementError } from '../bench-error.ts';
import { streamOf, type Harness } from './harness.ts';

/** What is run, how often, and how many at a time. */
export interface ScriptRuns {
  /** Path of the script. */
  readonly script: string;
  readonly events: number;
  readonly atATime: number;
}

export interface XargsRun {
  readonly perSecond: number;
  /** Milliseconds for each event, of everything that took part. */
  readonly processorMs: number;
}

const queue = 'bench.amqp-consume';

/** The same script as often, by the system's own means; each gets an event on its stdin. */
export async function xargs({ script, events, atATime }: ScriptRuns): Promise<XargsRun> {
  const event = join(dirname(script), 'event.json');
  await writeFile(event, `${JSON.stringify({ event: { id: 'e' }, data: { filler: 'x'.repeat(400) } })}\n`);
  const command = `seq ${String(events)} | xargs -P${String(atATime)} -I{} sh -c 'exec "$0" < "$1"' "${script}" "${event}"`;
  const start = performance.now();
  const { stdout } = await execa('/bin/sh', ['-c', `${command} && times`]);
  const perSecond = events / ((performance.now() - start) / 1_000);
  return { perSecond, processorMs: childrenMs(stdout) / events };
}

/** Reads what `times` of the shell prints: its own user and system time, then on the second line its children's. */
function childrenMs(times: string): number {
  const each = times.split('\n')[1]?.matchAll(/(\d+)m([\d.]+)s/g) ?? [];
  return [...each].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1_000, 0);
}

/** Whether this machine has it. */
export async function hasAmqpConsume(): Promise<boolean> {
  const { failed } = await execa('amqp-consume', ['--help'], { reject: false });
  return !failed; // It is no part of this project: without it there is one figure less.
}

/**
 * As many of `amqp-consume`, each with its share of a backlog; each event is acknowledged when its script has ended.
 * Events a second.
 */
export async function amqpConsume(harness: Harness, { script, events, atATime }: ScriptRuns): Promise<number> {
  const { amqpUrl } = harness.installation.servers;
  const connection = await connect(amqpUrl);
  try {
    const channel = await connection.createChannel();
    await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    const stream = streamOf({ events, keys: 200, bytes: 500 });
    await harness.publish(stream, undefined, () => Promise.resolve(), { queue });
    const start = performance.now();
    const share = String(events / atATime);
    await Promise.all(Array.from({ length: atATime }, () => consume(amqpUrl, share, script)));
    const seconds = (performance.now() - start) / 1_000;
    const { messageCount } = await channel.deleteQueue(queue);
    if (messageCount > 0) throw new MeasurementError(`amqp-consume left ${String(messageCount)} events`);
    return events / seconds;
  } finally {
    await connection.close();
  }
}

async function consume(amqpUrl: string, count: string, script: string): Promise<void> {
  // One more at hand than it works on, so that it does not wait for the broker.
  const options = ['--url', amqpUrl, '--queue', queue, '--count', count, '--prefetch-count', '2'];
  const streams = { stdin: 'ignore', stdout: 'ignore', stderr: 'inherit' } as const;
  const { failed, shortMessage } = await execa('amqp-consume', [...options, script], { ...streams, reject: false });
  if (failed) throw new MeasurementError(shortMessage ?? 'amqp-consume failed');
}
