import type { HttpTask, Reached } from '#contracts';
import type { Logger } from '#observability';
import { unsent, type AttemptResult } from '../outcome.ts';
import { alwaysOurs, Deadline, type Call, type Runner } from '../call.ts';
import { Agents, type AgentsOptions, type Lines } from './agents.ts';
import { Exchange } from './exchange.ts';
import { failureOutcome, takenBack } from './http-failure.ts';
import { requestOf, resultOf, type Request } from './http-message.ts';
import { NoToken, type TokenSource } from './tokens/token-source.ts';
import { Tokens, withoutToken } from './tokens/tokens.ts';

export interface HttpRunnerOptions extends AgentsOptions {
  logger?: Logger;
}

/**
 * Calls HTTP targets at addresses that may be called. Redirects are not followed, and one deadline covers connect,
 * headers and body.
 */
export class HttpRunner implements Runner<HttpTask> {
  readonly #agents: Agents;
  readonly #tokens: Tokens;
  readonly #logger: Logger | undefined;

  constructor({ logger, ...options }: HttpRunnerOptions = {}) {
    this.#agents = new Agents(options);
    this.#tokens = new Tokens({ agents: this.#agents, logger, now: options.now });
    this.#logger = logger;
  }

  async run(call: Call<HttpTask>, signal: AbortSignal, assertOurs = alwaysOurs): Promise<AttemptResult> {
    const { tokens, timeoutMs } = call;
    const deadline = new Deadline(timeoutMs, signal);
    try {
      const request = requestOf(call);
      // The task's own header replaces what the target says.
      const needsToken = tokens !== undefined && !('authorization' in request.headers);
      const sending = { call, request, deadline, assertOurs };
      if (!needsToken) return await this.#send(sending);
      return await this.#sendAuthorized(sending, this.#tokens.source(tokens));
    } catch (error) {
      // What cannot even be asked for.
      return { outcome: failureOutcome(error as Error, deadline.cause, timeoutMs), reached: 'no', response: {} };
    } finally {
      deadline.clear();
    }
  }

  async #send({ call, request, deadline, assertOurs }: Sending): Promise<AttemptResult> {
    const { task, timeoutMs } = call;
    let reached = 'no' as Reached;
    const onSent = (): void => void (reached = 'maybe');
    try {
      const onRepeat = (error: Error): void => this.#repeating(call, error);
      const exchange = (lines: Lines) => Exchange.run({ lines, request, deadline, assertOurs, onSent, onRepeat });
      const { tls } = task;
      return resultOf(await (tls ? this.#agents.use(tls, exchange) : exchange(this.#agents.common)), call);
    } catch (error) {
      return { outcome: failureOutcome(error as Error, deadline.cause, timeoutMs), reached, response: {} };
    }
  }

  /** Sends with an access token, and once more with a new one when the target refuses it: both are one attempt. */
  async #sendAuthorized(sending: Sending, source: TokenSource): Promise<AttemptResult> {
    const token = await inTime(source.token(), sending.deadline);
    if (typeof token !== 'string') return unsent(token.outcome);
    const first = await this.#send(authorized(sending, token));
    if (first.response.http?.status !== 401) {
      if (first.response.http) source.accepted(token);
      return { ...first, secrets: source.tokens };
    }
    const renewed = source.renewed(token);
    if (renewed === undefined) return { ...first, secrets: source.tokens };
    const other = await inTime(renewed, sending.deadline);
    const secrets = [...source.tokens, token];
    if (typeof other !== 'string') return { ...first, outcome: other.outcome, secrets };
    this.#logger?.debug({ executionId: sending.call.executionId }, 'access token refused; repeating request');
    const second = await this.#send(authorized(sending, other));
    if (second.response.http && second.response.http.status !== 401) source.accepted(other);
    return { ...second, secrets };
  }

  #repeating({ executionId, handlerId }: Call, error: Error): void {
    this.#logger?.debug(
      { executionId, handlerId, error: error.message },
      'keep-alive connection closed; repeating request',
    );
  }

  /** Ends what still runs and closes every connection. */
  async close(): Promise<void> {
    this.#tokens.stop();
    await this.#agents.destroy();
  }
}

/** A request on its way. */
interface Sending {
  readonly call: Call<HttpTask>;
  readonly request: Request;
  readonly deadline: Deadline;
  readonly assertOurs: () => void;
}

function authorized({ request, ...sending }: Sending, token: string): Sending {
  return { ...sending, request: { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } } };
}

/** A token, or how the call ends that cannot have one in its time. */
async function inTime(
  token: string | Promise<string>,
  deadline: Deadline,
): Promise<string | Pick<AttemptResult, 'outcome'>> {
  if (typeof token === 'string') return token;
  const over = Promise.withResolvers<undefined>();
  deadline.whenOver(() => over.resolve(undefined));
  try {
    const found = await Promise.race([token, over.promise]);
    if (found !== undefined) return found;
  } catch (error) {
    if (error instanceof NoToken) return { outcome: withoutToken(error.message) };
    throw error;
  }
  if (deadline.cause === 'aborted') return { outcome: takenBack };
  return { outcome: withoutToken('the token endpoint did not answer before the time of the call was up') };
}
