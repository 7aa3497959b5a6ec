import { cloudEventsJsonType, version, type EventFormat, type HttpTask } from '#contracts';
import { traceparentOf, type Call } from '../call.ts';
import { webhookSignature } from './signature.ts';

const userAgent = `Provisor/${version}`;

const contentTypes: Record<EventFormat, string> = {
  native: 'application/json',
  cloudevents: `${cloudEventsJsonType}; charset=utf-8`,
};

/** The headers of a call: the handler's own, then ours, which no handler can replace. */
export function requestHeaders(call: Call<HttpTask>): Record<string, string> {
  const { executionId: id, event, body, startedAt } = call;
  // Standard Webhooks: the id is that of the message, not of the attempt; the time is in seconds.
  const timestamp = String(Math.floor(startedAt.getTime() / 1000));
  const signature = call.signing && webhookSignature(call.signing, { id, timestamp, body }, startedAt);
  return {
    ...lowerCased(call.task.headers),
    'content-type': contentTypes[call.format],
    'user-agent': userAgent,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...(signature !== undefined && { 'webhook-signature': signature }),
    'provisor-event-id': headerText(event.id),
    'provisor-event-type': event.type,
    'provisor-handler-id': call.handlerId,
    'provisor-attempt': String(call.attempt),
    traceparent: traceparentOf(call),
  };
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * All but printable ASCII, spaces at either end, which a receiver would take away, and the sign that the encoding
 * itself uses.
 */
const toBeEncoded = /[^\x20-\x7e]+|%|^ +| +$/g;

/**
 * Billing chooses its event ids. What a header cannot carry is percent-encoded as UTF-8, and so is `%`, so that a
 * receiver gets each id back with `decodeURIComponent` or its like, and no two ids look the same.
 */
function headerText(text: string): string {
  return text.replace(toBeEncoded, encodeURIComponent);
}
