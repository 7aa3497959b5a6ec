import { Agent, request, type Dispatcher } from 'undici';
import type { HttpTask } from '#contracts';
import type { AttemptResult } from '../../dispatch/outcome.ts';
import type { Call, Runner } from '../../dispatch/runner.ts';
import { Deadline } from '../deadline.ts';
import { AddressPolicy, type AddressPolicyOptions } from './guard/address-policy.ts';
import { guardedConnector } from './guard/guarded-connector.ts';
import type { Lookup } from './guard/guarded-lookup.ts';
import { targetUrl } from './guard/target-url.ts';
import { failureOutcome } from './http-failure.ts';
import { statusOutcome } from './http-status.ts';
import { readReply, recordHeaders } from './reply.ts';
import { requestHeaders } from './request-headers.ts';

/** Connections to one target. What is beyond waits, within its deadline. */
const connectionsPerOrigin = 256;
/** A target that does not even accept a connection is given up earlier than one that thinks. */
const connectTimeoutMs = 10_000;

export interface HttpRunnerOptions extends AddressPolicyOptions {
  /** How names are looked up; the system's way by default. */
  lookup?: Lookup;
}

/**
 * Calls HTTP targets at addresses that may be called. Redirects are not followed, and one deadline covers connect, headers
 * and body.
 */
export class HttpRunner implements Runner<HttpTask> {
  readonly #agent: Agent;

  constructor({ lookup, ...addresses }: HttpRunnerOptions = {}) {
    const connection = { timeout: connectTimeoutMs, autoSelectFamily: true, allowH2: false };
    this.#agent = new Agent({
      connections: connectionsPerOrigin,
      connect: guardedConnector(new AddressPolicy(addresses), connection, lookup),
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  async run(call: Call<HttpTask>, signal: AbortSignal): Promise<AttemptResult> {
    const deadline = new Deadline(call.timeoutMs, signal);
    try {
      return await this.#exchange(call, deadline.signal);
    } catch (error) {
      return { outcome: failureOutcome(error as Error, deadline.cause, call.timeoutMs), response: {} };
    } finally {
      deadline.clear();
    }
  }

  /** Ends what still runs and closes every connection. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #exchange(call: Call<HttpTask>, signal: AbortSignal): Promise<AttemptResult> {
    const { task, event } = call;
    const reply = await request(targetUrl(task.url), {
      dispatcher: this.#agent,
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
