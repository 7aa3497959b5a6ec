import type { Socket } from 'node:net';
import type { ChannelModel } from 'amqplib';
import { breakOff } from './break-off.ts';

/**
 * After this number of tenths of a heartbeat without a byte, the connection counts as lost. A broker sends something
 * each half heartbeat. It redelivers a silent consumer's messages after two whole ones, so at least one and a half
 * after the silence began. By then, a consumer that is cut off has stopped.
 */
const mostTicks = 12;

/**
 * Closes a silent connection sooner than amqplib, which may take three heartbeats. By then another consumer has the
 * messages. The watch ends with the connection.
 */
export function watchSilence(model: ChannelModel): void {
  const { stream, heartbeat } = model.connection as unknown as { stream: Socket; heartbeat: number };
  // The broker was asked to send no heartbeats.
  if (!heartbeat) return;
  let heard = stream.bytesRead;
  let ticks = 0;
  // Counted instead of timed: a process that hung has not listened.
  const timer = setInterval(() => {
    ticks = stream.bytesRead === heard ? ticks + 1 : 0;
    heard = stream.bytesRead;
    if (ticks >= mostTicks) breakOff(model);
  }, heartbeat * 100).unref();
  model.once('close', () => clearInterval(timer));
}
