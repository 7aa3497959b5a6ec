import { request, type Dispatcher } from 'undici';
import type { HttpTask } from '#contracts';
import type { AttemptResult } from '../../dispatch/outcome.ts';
import type { Call, Runner } from '../../dispatch/runner.ts';
import { Deadline } from '../deadline.ts';
import { Agents, type AgentsOptions } from './agents.ts';
import { targetUrl } from './guard/target-url.ts';
import { failureOutcome } from './http-failure.ts';
import { statusOutcome } from './http-status.ts';
import { readReply, recordHeaders } from './reply.ts';
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
    const deadline = new Deadline(call.timeoutMs, signal);
    try {
      return await this.#agents.use(call.task.tls, (agent) => this.#exchange(call, agent, deadline.signal));
    } catch (error) {
      return { outcome: failureOutcome(error as Error, deadline.cause, call.timeoutMs), response: {} };
    } finally {
      deadline.clear();
    }
  }

  /** Ends what still runs and closes every connection. */
  async close(): Promise<void> {
    await this.#agents.destroy();
  }

  async #exchange(call: Call<HttpTask>, agent: Dispatcher, signal: AbortSignal): Promise<AttemptResult> {
    const { task, event } = call;
    const reply = await request(targetUrl(task.url), {
      dispatcher: agent,
      method: task.method as Dispatcher.HttpMethod,
      headers: requestHeaders(call),
      body: event.body,
      signal,
    });
    const { text, truncated } = await readReply(reply.body, reply.headers['content-encoding']);
    return {
      outcome: statusOutcome(reply.statusCode, reply.headers['retry-after']),
      response: {
        http: { status: reply.statusCode, headers: recordHeaders(reply.headers), body: text, truncated },
      },
    };
  }
}
