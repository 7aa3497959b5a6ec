import type { BrokerAddress } from '#broker';
import { configExchange } from '#contracts';
import type { Logger } from '#observability';
import { LastingServer } from '../messages/lasting-server.ts';

/** How an executor hears the registry: through a queue of its own that is gone when the executor is. */
export class ConfigServer extends LastingServer {
  constructor(broker: string | BrokerAddress, logger: Logger) {
    const queueOptions = { durable: false, exclusive: true, autoDelete: true };
    const exchange = { exchange: configExchange, exchangeType: 'fanout' } as const;
    super({ what: 'catalog', broker, ...exchange, queue: '', queueOptions, noAck: true }, logger);
  }
}
