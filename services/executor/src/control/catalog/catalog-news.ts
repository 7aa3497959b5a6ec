import type { BrokerAddress } from '#broker';
import { configExchange } from '#contracts';
import { AmqpServer } from '#messaging';
import type { Logger } from '#observability';

/** What the handlers of these messages name as their transport. */
export const catalogTransport = Symbol('catalog');

/** Hears what the registry tells every executor. Changes that it misses are found by asking the database. */
export function createCatalogNews(broker: string | BrokerAddress, logger: Logger): AmqpServer {
  const destination = { fanout: configExchange };
  return new AmqpServer({ name: 'catalog', transportId: catalogTransport, broker, destination }, logger);
}
