import { createHmac } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { joinedUrl, type HttpTask } from '#contracts';
import { lowerCased, ownHeaders } from '#templates';
import { traceparentOf, type Call, type SigningKey } from '../call.ts';
import { targetUrl } from './guard/address-policy.ts';

/** What the client is to send. */
export type Request = Omit<Dispatcher.DispatchOptions, 'headers'> & { readonly headers: Record<string, string> };

/** Where a request goes. */
interface Target {
  readonly origin: string;
  readonly path: string;
}

/** A task is the same for all calls of its handler, until that is changed. */
const targets = new WeakMap<HttpTask, Target>();

function targetOf(task: HttpTask): Target {
  const known = targets.get(task);
  if (known) return known;
  const { origin, pathname, search } = targetUrl(joinedUrl(task.url ?? '', task.path ?? ''));
  const target = { origin, path: pathname + search };
  targets.set(task, target);
  return target;
}

/** The request of a call. */
export function requestOf(call: Call<HttpTask>): Request {
  const { task, body } = call;
  return {
    ...targetOf(task),
    method: task.method,
    headers: requestHeaders(call),
    body,
  };
}

/** The headers of a call: the handler's own, then ours, which no handler can replace. */
export function requestHeaders(call: Call<HttpTask>): Record<string, string> {
  const { executionId: id, event, body, startedAt } = call;
  // Standard Webhooks: the id is that of the message, not of the attempt; the time is in seconds.
  const timestamp = String(Math.floor(startedAt.getTime() / 1000));
  const signature = call.signing && webhookSignature(call.signing, { id, timestamp, body }, startedAt);
  const traceparent = traceparentOf(call);
  return {
    ...lowerCased(call.task.headers),
    ...ownHeaders({
      executionId: id,
      eventId: event.id,
      eventType: event.type,
      handlerId: call.handlerId,
      attempt: call.attempt,
      format: call.format,
      contentType: call.contentType,
      timestamp,
      signature,
      traceparent,
    }),
  };
}

/** What a signature vouches for. */
export interface SignedCall {
  readonly id: string;
  /** In seconds. */
  readonly timestamp: string;
  readonly body: string;
}

/**
 * The value of `webhook-signature` by Standard Webhooks, scheme `v1`: an HMAC-SHA256 over id, time and body for each
 * key that has not expired, so that a receiver that knows any one of them can check the call. Undefined when there is
 * none.
 */
export function webhookSignature(
  keys: readonly SigningKey[],
  { id, timestamp, body }: SignedCall,
  now: Date,
): string | undefined {
  const signatures = keys
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .map(({ key }) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  return signatures.length > 0 ? signatures.join(' ') : undefined;
}
