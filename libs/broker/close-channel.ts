import type { Channel } from 'amqplib';

/** Closes a channel unless it is closed already. */
export async function closeChannel(channel: Channel): Promise<void> {
  // When the connection ends before the broker has answered, amqplib's promise stays open for ever; this event always comes.
  const closed = new Promise((resolve) => channel.once('close', resolve));
  await Promise.race([channel.close().catch(ignoreClosed), closed]);
}

/** Closing a channel that is closed already fails, and is what was wanted. */
function ignoreClosed(): void {}
