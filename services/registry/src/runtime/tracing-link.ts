import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Tracing } from '#observability';

export const TRACING = Symbol('tracing');

/** Sends the last spans when the application ends. */
@Injectable()
export class TracingLink implements OnApplicationShutdown {
  readonly #tracing: Tracing | undefined;

  constructor(@Inject(TRACING) tracing: Tracing | undefined) {
    this.#tracing = tracing;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#tracing?.stop();
  }
}
