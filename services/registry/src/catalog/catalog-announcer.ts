import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { catalogChangedPattern, type CatalogChanged } from '#contracts';
import type { Logger } from '#observability';
import { LOGGER } from '../runtime/tokens.ts';
import { CatalogChannel } from './catalog-channel.ts';

const firstDelayMs = 200;
const longestDelayMs = 2_000;

/**
 * Tells the executors of the newest revision, and goes on trying until the broker has confirmed it. Only the newest counts:
 * however many changes are made while the broker is away, one message remains to be sent. None lost is a change lost, as
 * executors also ask.
 */
@Injectable()
export class CatalogAnnouncer implements BeforeApplicationShutdown {
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

  /** Before the channel is closed, which would look like a failure. */
  beforeApplicationShutdown(): void {
    this.#stopping.abort();
  }

  async #run(): Promise<void> {
    this.#announcing = true;
    let delayMs = firstDelayMs;
    while (this.#confirmed < this.#newest && !this.#stopping.signal.aborted) {
      if (await this.#try({ revision: this.#newest }, delayMs === firstDelayMs)) delayMs = firstDelayMs;
      else {
        await delay(delayMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
        delayMs = Math.min(delayMs * 2, longestDelayMs);
      }
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
      if (isFirstTry) this.#logger.warn({ ...change, reason }, 'catalog change not announced yet; trying on');
      return false;
    }
  }
}
