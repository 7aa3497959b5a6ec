import { configExchange } from '#contracts';
import type { Logger } from '#observability';
import { LastingServer } from '../messages/lasting-server.ts';

/** How an executor hears the registry: through a queue of its own that is gone when the executor is. */
export class ConfigServer extends LastingServer {
  constructor(amqpUrl: string, logger: Logger) {
    const queueOptions = { durable: false, exclusive: true, autoDelete: true };
    const exchange = { exchange: configExchange, exchangeType: 'fanout' } as const;
    super({ what: 'catalog', urls: [amqpUrl], ...exchange, queue: '', queueOptions, noAck: true }, logger);
  }
}
