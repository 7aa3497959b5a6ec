import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Lets NestJS write its lines through the service's logger. */
export class NestLogger implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** NestJS' messages during wiring help only NestJS developers. */
  log(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  #write(level: 'error' | 'warn' | 'debug' | 'trace', message: unknown, rest: unknown[]): void {
    // NestJS puts the name of the speaker last.
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    // What libraries say of a connection is an object with the error in it.
    const error = message instanceof Error ? message : (message as { err?: unknown } | null | undefined)?.err;
    if (error instanceof Error) this.#logger[level]({ err: error, context }, error.message);
    else this.#logger[level]({ context }, typeof message === 'string' ? message : JSON.stringify(message));
  }
}
