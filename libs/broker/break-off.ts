import type { Socket } from 'node:net';
import type { ChannelModel } from 'amqplib';

/** Ends a connection at once, without a word to the broker; what waits for the broker's answer fails. */
export function breakOff({ connection }: ChannelModel): void {
  // Without an error amqplib does not see that the connection has ended, and goes on with its heartbeat.
  (connection as unknown as { stream: Socket }).stream.destroy(new Error('the broker does not answer'));
}
