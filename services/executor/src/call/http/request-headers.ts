import type { HttpTask } from '#contracts';
import { lowerCased, ownHeaders } from '#templates';
import { traceparentOf, type Call } from '../call.ts';
import { webhookSignature } from './signature.ts';

/** The headers of a call: the handler's own, then ours, which no handler can replace. */
export function requestHeaders(call: Call<HttpTask>): Record<string, string> {
  const { executionId: id, event, body, startedAt } = call;
  // Standard Webhooks: the id is that of the message, not of the attempt; the time is in seconds.
  const timestamp = String(Math.floor(startedAt.getTime() / 1000));
  const signature = call.signing && webhookSignature(call.signing, { id, timestamp, body }, startedAt);
  const traceparent = traceparentOf(call);
  return {
    ...lowerCased(call.task.headers),
    ...ownHeaders({ ...call, eventId: event.id, eventType: event.type, timestamp, signature, traceparent }),
  };
}
