import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { HttpTask, Reached } from '#contracts';
import type { Logger } from '#observability';
import type { AttemptResult } from '../outcome.ts';
import { alwaysOurs, type Call, type Runner } from '../call.ts';
import { Deadline } from '../deadline.ts';
import { Agents, type AgentsOptions, type Lines } from './agents.ts';
import { Exchange, type Reply } from './exchange.ts';
import { targetUrl } from './guard/address-policy.ts';
import { failureOutcome } from './http-failure.ts';
import { statusOutcome, timeOfReply } from './reply/http-status.ts';
import { requestHeaders } from './request-headers.ts';

export interface HttpRunnerOptions extends AgentsOptions {
  logger?: Logger;
}

/**
 * Calls HTTP targets at addresses that may be called. Redirects are not followed, and one deadline covers connect,
 * headers and body.
 */
export class HttpRunner implements Runner<HttpTask> {
  readonly #agents: Agents;
  readonly #logger: Logger | undefined;

  constructor({ logger, ...options }: HttpRunnerOptions = {}) {
    this.#agents = new Agents(options);
    this.#logger = logger;
  }

  async run(call: Call<HttpTask>, signal: AbortSignal, assertOurs = alwaysOurs): Promise<AttemptResult> {
    const { task, timeoutMs } = call;
    const deadline = new Deadline(timeoutMs, signal);
    let reached = 'no' as Reached;
    const onSent = (): void => void (reached = 'maybe');
    try {
      const request = requestOf(call);
      const onRepeat = (error: Error): void => this.#repeating(call, error);
      const exchange = (lines: Lines) => Exchange.run({ lines, request, deadline, assertOurs, onSent, onRepeat });
      return resultOf(await this.#agents.use(task.tls, exchange), call);
    } catch (error) {
      return { outcome: failureOutcome(error as Error, deadline.cause, timeoutMs), reached, response: {} };
    } finally {
      deadline.clear();
    }
  }

  #repeating({ executionId, handlerId }: Call, error: Error): void {
    this.#logger?.debug(
      { executionId, handlerId, error: error.message },
      'keep-alive connection closed; repeating request',
    );
  }

  /** Ends what still runs and closes every connection. */
  async close(): Promise<void> {
    await this.#agents.destroy();
  }
}

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
  const { origin, pathname, search } = targetUrl(task.url ?? '');
  const target = { origin, path: pathname + search };
  targets.set(task, target);
  return target;
}

function requestOf(call: Call<HttpTask>): Dispatcher.DispatchOptions {
  const { task, body } = call;
  return {
    ...targetOf(task),
    method: task.method,
    headers: requestHeaders(call),
    body,
  };
}

function resultOf({ status, headers, body }: Reply, { startedAt }: Call): AttemptResult {
  const retryAfter = headers['retry-after'];
  // Only a date to wait for is held against the target's clock.
  const now = retryAfter === undefined ? startedAt.getTime() : timeOfReply(headers.date, startedAt.getTime());
  return {
    outcome: statusOutcome(status, retryAfter, now),
    reached: 'yes',
    response: { http: { status, headers: singleValues(headers), body: body.text, truncated: body.truncated } },
  };
}

/** Response headers with one value each. */
function singleValues(headers: IncomingHttpHeaders): Record<string, string> {
  const single: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(headers)) {
    single[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return single;
}
