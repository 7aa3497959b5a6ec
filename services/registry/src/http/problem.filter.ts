import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import type { Logger } from '#observability';
import { TooManyAttempts } from '../access/access-errors.ts';
import { LOGGER } from '../runtime/tokens.ts';
import { TooBusy } from './bounded-load.ts';
import { problemOf } from './problem.ts';

/** Answers every error, from wherever it comes, as application/problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #host: HttpAdapterHost;
  readonly #logger: Logger;

  constructor(host: HttpAdapterHost, @Inject(LOGGER) logger: Logger) {
    this.#host = host;
    this.#logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(error, host.switchToHttp().getResponse<FastifyReply>());
  }

  /** The same for an error that no controller has met. */
  answer(error: unknown, response: FastifyReply): void {
    const { httpAdapter } = this.#host;
    const problem = problemOf(error);
    if (problem.status === 500) this.#logger.error({ err: error }, 'request failed');
    if (problem.status === 503) {
      this.#logger.warn({ reason: problem.detail, cause: rootOf(error) }, 'dependency unavailable; request refused');
    }
    if (httpAdapter.isHeadersSent(response)) return;
    if (problem.status === 401) httpAdapter.setHeader(response, 'www-authenticate', 'Bearer realm="provisor"');
    if (error instanceof TooManyAttempts)
      httpAdapter.setHeader(response, 'retry-after', String(error.retryAfterSeconds));
    if (error instanceof TooBusy) httpAdapter.setHeader(response, 'retry-after', '1');
    httpAdapter.setHeader(response, 'content-type', problemType);
    httpAdapter.reply(response, problem, problem.status);
  }
}

export const problemType = 'application/problem+json';

/** What lies at the bottom of an error, for the log: "fetch failed" says little. */
function rootOf(error: unknown): string | undefined {
  let root = error;
  while (root instanceof Error && root.cause !== undefined) root = root.cause;
  return root === error ? undefined : root instanceof Error ? root.message : String(root);
}
