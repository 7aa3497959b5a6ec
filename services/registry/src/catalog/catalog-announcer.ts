import { Inject, Injectable } from '@nestjs/common';
import { catalogChangedPattern, type CatalogChanged } from '#contracts';
import type { Logger } from '#observability';
import { Backoff } from '#retry';
import { LOGGER } from '../runtime/tokens.ts';
import { CatalogChannel } from './catalog-channel.ts';

const waits = { firstMs: 200, longestMs: 2_000 };

/**
 * Tells the executors of the newest revision, and goes on trying until the broker has confirmed it. Only the newest
 * counts: however many changes are made while the broker is away, one message remains to be sent. None lost is a change
 * lost, as executors also ask.
 */
@Injectable()
export class CatalogAnnouncer {
  readonly #channel: CatalogChannel;
  readonly #logger: Logger;
  readonly #stopping = new AbortController();
  #newest = 0;
  #confirmed = -1;
  #announcing = false;

  constructor(channel: CatalogChannel, @Inject(LOGGER) logger: Logger) {
    this.#channel = channel;
    this.#logger = logger;
  }

  /** Returns at once; to be called when the change is committed, not before. */
  announce(revision: number): void {
    this.#newest = Math.max(this.#newest, revision);
    if (!this.#announcing) void this.#run();
  }

  /** To be called before the channel is closed, which would look like a failure. */
  stop(): void {
    this.#stopping.abort();
  }

  async #run(): Promise<void> {
    this.#announcing = true;
    const backoff = new Backoff(waits);
    let isFirstTry = true;
    while (this.#confirmed < this.#newest && !this.#stopping.signal.aborted) {
      isFirstTry = await this.#try({ revision: this.#newest }, isFirstTry);
      if (isFirstTry) backoff.reset();
      else await backoff.wait(this.#stopping.signal);
    }
    this.#announcing = false;
  }

  async #try(change: CatalogChanged, isFirstTry: boolean): Promise<boolean> {
    try {
      await this.#channel.send(catalogChangedPattern, change);
      this.#confirmed = Math.max(this.#confirmed, change.revision);
      this.#logger.debug(change, 'catalog change announced');
      return true;
    } catch (error) {
      const reason = (error as Error).message;
      if (isFirstTry) this.#logger.warn({ ...change, reason }, 'failed to announce catalog change; retrying');
      return false;
    }
  }
}
