import { Inject, Injectable } from '@nestjs/common';
import type { FieldError } from '#contracts';
import type { Logger } from '#observability';
import { LOGGER } from '../../runtime/tokens.ts';
import { ReportedScripts } from '../../scripts/reported-scripts.ts';
import type { HandlerFields } from '#contracts';
import { warningsOf } from './warning-kinds.ts';

/** Warns about handlers that were changed, or would be. */
@Injectable()
export class HandlerWarnings {
  readonly #scripts: ReportedScripts;
  readonly #logger: Logger;

  constructor(scripts: ReportedScripts, @Inject(LOGGER) logger: Logger) {
    this.#scripts = scripts;
    this.#logger = logger;
  }

  /**
   * The warnings about each handler, in their order. None when they cannot be found out: the change is done by then,
   * and its answer has to say so.
   */
  async of(handlers: readonly HandlerFields[]): Promise<FieldError[][]> {
    try {
      const situation = { scripts: await this.#scripts.read() };
      return handlers.map((handler) => warningsOf(handler, situation));
    } catch (error) {
      this.#logger.warn({ err: error }, 'failed to check handlers for warnings');
      return handlers.map(() => []);
    }
  }
}
