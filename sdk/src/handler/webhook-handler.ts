import type { IncomingHttpHeaders } from 'node:http';
import { eventIn } from '../events/cloud-event.ts';
import type { DeliveredEvent } from '../events/delivered-event.ts';
import type { EventTypeId } from '../events/event-data.ts';
import { MemoryExecutions, type Executions } from './executions.ts';
import { PermanentFailure, RetryLater } from './failures.ts';
import { signatureFault } from './signature.ts';

/** Facts about a call, besides its event. */
export interface HandlerCall {
  /** The same for every attempt, and after a redelivery. */
  readonly executionId: string;
  /** From 1. */
  readonly attempt: number;
  readonly handlerId: string | undefined;
  /** The event's id by the header, decoded. */
  readonly eventId: string | undefined;
  /** The raw body. In `event`, a number with more digits than JavaScript's numbers has lost some. */
  readonly text: string;
  /** W3C trace context. */
  readonly traceparent: string | undefined;
}

/** Does the work. The journal keeps what it returns, as JSON of up to 64 KiB. */
type Work<T extends string> = (event: DeliveredEvent<T>, call: HandlerCall) => unknown;

export interface WebhookHandlerOptions {
  /** `whsec_…`, as Provisor showed them; two while one replaces the other. Null: calls need no signature. */
  secrets: readonly string[] | null;
  /** Handlers by event type. */
  on?: { [T in EventTypeId]?: Work<T> };
  /** Handles events of other types; without it they get 422, which Provisor does not retry. */
  otherwise?: Work<string>;
  /** Remembers finished executions; default: in memory. */
  executions?: Executions;
  /** Receives errors other than PermanentFailure and RetryLater; the answer is 500, without their message. */
  onError?: (error: unknown, call: HandlerCall) => void;
}

/** A request, independent of the server that received it. */
export interface WebhookRequest {
  readonly headers: IncomingHttpHeaders;
  /** The raw body. */
  readonly body: Buffer;
}

export interface WebhookReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export type WebhookHandler = (request: WebhookRequest) => Promise<WebhookReply>;

/**
 * Handles the calls of Provisor: verifies the caller, drops repeats, does the work, and answers so that Provisor
 * retries only if that helps. The adapters next to this file put it into a server.
 */
export function webhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const { secrets, executions = new MemoryExecutions() } = options;
  if (secrets?.length === 0)
    throw new TypeError('secrets is empty: give at least one secret, or null to accept unsigned calls');
  return async ({ headers, body }) => {
    const fault = secrets && signatureFault(secrets, headers, body);
    if (fault) return reply(401, { error: `the signature is ${fault}` });
    const event = readEvent(body);
    if (event === undefined) return reply(400, { error: 'the body is not an event' });
    const call = callOf(headers, body);
    if (call === undefined) return reply(400, { error: 'webhook-id is missing' });
    const work = workFor(event, options);
    if (work === undefined) return reply(422, { error: `no handler for events of type ${event.event.events_id}` });
    const state = await executions.begin(call.executionId);
    if (state === 'done') return reply(200, { repeat: true });
    // The previous attempt may still be running. Provisor retries, and then gets the result.
    if (state === 'running') return reply(409, { error: 'a previous attempt of this execution is still running' });
    return run(() => work(event, call), call, executions, options);
  };
}

async function run(
  work: () => unknown,
  call: HandlerCall,
  executions: Executions,
  { onError }: WebhookHandlerOptions,
): Promise<WebhookReply> {
  try {
    const result = await work();
    await executions.done(call.executionId);
    return reply(200, result ?? { ok: true });
  } catch (error) {
    await executions.failed(call.executionId);
    if (error instanceof PermanentFailure) return reply(422, { error: error.message });
    if (error instanceof RetryLater) {
      const after = error.seconds === undefined ? {} : { 'retry-after': String(Math.ceil(error.seconds)) };
      return reply(503, { error: error.message }, after);
    }
    onError?.(error, call);
    return reply(500, { error: 'internal error' });
  }
}

function workFor(event: DeliveredEvent, { on = {}, otherwise }: WebhookHandlerOptions): Work<string> | undefined {
  const type = event.event.events_id;
  const work = Object.hasOwn(on, type) ? on[type as EventTypeId] : undefined;
  return (work as Work<string> | undefined) ?? otherwise;
}

function readEvent(body: Buffer): DeliveredEvent | undefined {
  try {
    const document = eventIn(JSON.parse(body.toString('utf8')) as Partial<DeliveredEvent> | null);
    const isEvent = typeof document?.event?.events_id === 'string' && typeof document.data === 'object';
    return isEvent ? (document as DeliveredEvent) : undefined;
  } catch {
    return undefined;
  }
}

function callOf(headers: IncomingHttpHeaders, body: Buffer): HandlerCall | undefined {
  const text = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const executionId = text('webhook-id');
  if (executionId === undefined) return undefined;
  const attempt = Number(text('provisor-attempt') ?? 1);
  return {
    executionId,
    attempt,
    handlerId: text('provisor-handler-id'),
    eventId: decoded(text('provisor-event-id')),
    text: body.toString('utf8'),
    traceparent: text('traceparent'),
  };
}

/** Decodes percent-encoding. Provisor encodes correctly, so that an invalid header comes from elsewhere: unchanged. */
function decoded(header: string | undefined): string | undefined {
  try {
    return header && decodeURIComponent(header);
  } catch {
    return header;
  }
}

function reply(status: number, value: unknown, headers: Record<string, string> = {}): WebhookReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
