import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { HttpTask } from '#contracts';
import type { AttemptResult } from '../../dispatch/outcome.ts';
import type { Call, Runner } from '../../dispatch/runner.ts';
import { Deadline } from '../deadline.ts';
import { Agents, type AgentsOptions } from './agents.ts';
import { Exchange, type Reply } from './exchange.ts';
import { targetUrl } from './guard/target-url.ts';
import { failureOutcome } from './http-failure.ts';
import { statusOutcome } from './http-status.ts';
import { requestHeaders } from './request-headers.ts';

/**
 * Calls HTTP targets at addresses that may be called. Redirects are not followed, and one deadline covers connect, headers
 * and body.
 */
export class HttpRunner implements Runner<HttpTask> {
  readonly #agents: Agents;

  constructor(options: AgentsOptions = {}) {
    this.#agents = new Agents(options);
  }

  async run(call: Call<HttpTask>, signal: AbortSignal): Promise<AttemptResult> {
    const { task, timeoutMs } = call;
    const deadline = new Deadline(timeoutMs, signal);
    try {
      const request = requestOf(call);
      return resultOf(await this.#agents.use(task.tls, (agent) => Exchange.run(agent, request, deadline)));
    } catch (error) {
      return { outcome: failureOutcome(error as Error, deadline.cause, timeoutMs), response: {} };
    } finally {
      deadline.clear();
    }
  }

  /** Ends what still runs and closes every connection. */
  async close(): Promise<void> {
    await this.#agents.destroy();
  }
}

function requestOf(call: Call<HttpTask>): Dispatcher.DispatchOptions {
  const { task, body } = call;
  const { origin, pathname, search } = targetUrl(task.url);
  return {
    origin,
    path: pathname + search,
    method: task.method,
    headers: requestHeaders(call),
    body,
  };
}

function resultOf({ status, headers, body }: Reply): AttemptResult {
  return {
    outcome: statusOutcome(status, headers['retry-after']),
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
