import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, ChannelModel } from 'amqplib';

// How connections and channels end whose broker does not answer.

/** Ends a connection at once, without closing it with the broker; requests that wait for an answer fail. */
export function breakOff({ connection }: ChannelModel): void {
  // Without an error, amqplib does not notice the end of the connection and keeps sending heartbeats.
  (connection as unknown as { stream: Socket }).stream.destroy(new Error('the broker does not answer'));
}

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

/** How long the broker's answer is waited for. Over a connection that has gone silent there is none. */
export const closeLimitMs = 2_000;

/** Closes a channel unless it is closed already; does not wait for the broker for long. */
export async function closeChannel(channel: Channel): Promise<void> {
  // When the connection ends before the broker has answered, amqplib's promise stays open for ever; this event always
  // comes.
  const closed = new Promise((resolve) => channel.once('close', resolve));
  const late = delay(closeLimitMs, undefined, { ref: false });
  await Promise.race([channel.close().catch(ignoreClosed), closed, late]);
}

/** Closing a channel that is closed already fails, and is what was wanted. */
function ignoreClosed(): void {}
