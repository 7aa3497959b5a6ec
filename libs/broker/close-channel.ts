import { setTimeout as delay } from 'node:timers/promises';
import type { Channel } from 'amqplib';

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
