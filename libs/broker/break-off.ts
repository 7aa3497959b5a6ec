import type { Socket } from 'node:net';
import type { ChannelModel } from 'amqplib';

/** Ends a connection at once, without closing it with the broker; requests that wait for an answer fail. */
export function breakOff({ connection }: ChannelModel): void {
  // Without an error, amqplib does not notice the end of the connection and keeps sending heartbeats.
  (connection as unknown as { stream: Socket }).stream.destroy(new Error('the broker does not answer'));
}
