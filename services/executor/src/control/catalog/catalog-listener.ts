import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { BrokerAddress } from '#broker';
import { catalogChangedPattern, catalogReloadPattern, configExchange, isJsonObject } from '#contracts';
import { AmqpServer } from '#messaging';
import type { Logger } from '#observability';
import { LiveCatalog } from './live-catalog.ts';

/** What the handlers of these messages name as their transport. */
export const catalogTransport = Symbol('catalog');

/** Hears what the registry tells every executor. Changes that it misses are found by asking the database. */
export function createCatalogNews(broker: string | BrokerAddress, logger: Logger): AmqpServer {
  const destination = { fanout: configExchange };
  return new AmqpServer({ name: 'catalog', transportId: catalogTransport, broker, destination }, logger);
}

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
    // Other programs may publish here: a message without a revision is a reason to check, not an error.
    if (typeof revision === 'number') await this.#keeper.announced(revision);
    else await this.#keeper.reload();
  }

  @EventPattern(catalogReloadPattern, catalogTransport)
  async reload(@Payload() _message: unknown): Promise<void> {
    await this.#keeper.reload();
  }
}
