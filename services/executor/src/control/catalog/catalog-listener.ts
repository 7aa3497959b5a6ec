import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { catalogChangedPattern, catalogReloadPattern, isJsonObject } from '#contracts';
import { LiveCatalog } from './live-catalog.ts';
import { catalogTransport } from './catalog-news.ts';

/** Acts on what the registry tells every executor. */
@Controller()
export class CatalogListener {
  readonly #keeper: LiveCatalog;

  constructor(keeper: LiveCatalog) {
    this.#keeper = keeper;
  }

  @EventPattern(catalogChangedPattern, catalogTransport)
  async changed(@Payload() message: unknown): Promise<void> {
    const revision = isJsonObject(message) ? message['revision'] : undefined;
    // Whoever else may publish here: a message that does not say which revision is a reason to look, not to fail.
    if (typeof revision === 'number') await this.#keeper.announced(revision);
    else await this.#keeper.reload();
  }

  @EventPattern(catalogReloadPattern, catalogTransport)
  async reload(@Payload() _message: unknown): Promise<void> {
    await this.#keeper.reload();
  }
}
