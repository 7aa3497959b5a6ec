import type { Socket } from 'node:net';
import type { ChannelModel } from 'amqplib';
import { breakOff } from './break-off.ts';

/**
 * So many tenths of a heartbeat without a byte, and the connection counts as lost. A broker sends something each half
 * heartbeat, and gives a silent consumer's messages to others after two whole ones: one and a half after the silence
 * began at the earliest. A consumer that is cut off has stopped by then.
 */
const mostTicks = 12;

/**
 * Breaks a connection off that has gone silent, sooner than amqplib does, which may take three heartbeats: by then
 * another consumer has the messages. Ends by itself with the connection.
 */
export function watchSilence(model: ChannelModel): void {
  const { stream, heartbeat } = model.connection as unknown as { stream: Socket; heartbeat: number };
  // The broker was told to send none.
  if (!heartbeat) return;
  let heard = stream.bytesRead;
  let ticks = 0;
  // Counted and not timed: a process that stood still has not listened.
  const timer = setInterval(() => {
    ticks = stream.bytesRead === heard ? ticks + 1 : 0;
    heard = stream.bytesRead;
    if (ticks >= mostTicks) breakOff(model);
  }, heartbeat * 100).unref();
  model.once('close', () => clearInterval(timer));
}
