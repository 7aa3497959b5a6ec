import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { configExchange } from '#contracts';

/** How an executor hears the registry: through a queue of its own that is gone when the executor is. */
export function configTransport(amqpUrl: string): MicroserviceOptions {
  return {
    transport: Transport.RMQ,
    options: {
      urls: [amqpUrl],
      exchange: configExchange,
      exchangeType: 'fanout',
      queue: '',
      queueOptions: { durable: false, exclusive: true, autoDelete: true },
      noAck: true,
      socketOptions: { reconnectTimeInSeconds: 1, heartbeatIntervalInSeconds: 10 },
    },
  };
}
