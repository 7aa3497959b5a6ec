import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BrokerConnection, Publisher } from '#broker';
import {
  billingExchange,
  decodeBillingEvent,
  nativeContent,
  partitionKeyHeader,
  type BillingEvent,
  type EventEnvelope,
} from '#contracts';
import type { Logger } from '#observability';
import { LOGGER } from '../runtime/tokens.ts';

/** Passes events that come by REST on to RabbitMQ, where they go the way of all others. */
@Injectable()
export class EventPublisher implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #publisher: Publisher;
  readonly #logger: Logger;

  constructor(publisher: Publisher, connection: BrokerConnection, @Inject(LOGGER) logger: Logger) {
    this.#publisher = publisher;
    this.#logger = logger;
    connection.on('connected', () => this.#prepare());
  }

  onApplicationBootstrap(): void {
    this.#prepare();
  }

  /**
   * Resolves when the broker has taken charge of the event.
   *
   * @returns The event, with an id made here if it had none.
   * @throws {EventRejected} When it is no event.
   * @throws {BrokerError} When the broker cannot be reached or does not take it.
   */
  async publish(content: Buffer, envelope: EventEnvelope): Promise<BillingEvent> {
    const event = decodeBillingEvent(content, envelope);
    await this.#publisher.publish({
      exchange: billingExchange,
      routingKey: event.type,
      content: nativeContent(event, content, envelope),
      // Stands in for the id that the body may lack.
      messageId: event.id,
      contentType: 'application/json',
      headers: {
        [partitionKeyHeader]: event.partitionKey,
        ...(event.traceparent !== null && { traceparent: event.traceparent }),
      },
    });
    return event;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#publisher.close();
  }

  /** Billing may publish before the first event comes by REST, and before any executor was ever started. */
  #prepare(): void {
    this.#publisher.prepare().catch((error: unknown) => {
      this.#logger.warn(
        { err: error },
        'the exchange of billing events could not be declared; trying again when needed',
      );
    });
  }
}
