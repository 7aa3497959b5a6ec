import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BrokerConnection, BrokerError, Publisher } from '#broker';
import {
  billingExchange,
  decodeBillingEvent,
  nativeContent,
  partitionKeyHeader,
  type BillingEvent,
  type EventEnvelope,
} from '#contracts';
import type { Logger, Span, Tracer } from '#observability';
import { LOGGER, TRACER } from '../runtime/tokens.ts';

/** Passes events that come by REST on to RabbitMQ, where they go the way of all others. */
@Injectable()
export class EventPublisher implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #publisher: Publisher;
  readonly #logger: Logger;
  readonly #tracer: Tracer | undefined;

  constructor(
    publisher: Publisher,
    connection: BrokerConnection,
    @Inject(LOGGER) logger: Logger,
    @Inject(TRACER) tracer: Tracer | undefined,
  ) {
    this.#publisher = publisher;
    this.#logger = logger;
    this.#tracer = tracer;
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
    const span = this.#tracer && sendingSpan(this.#tracer, event);
    const traceparent = span?.traceparent ?? event.traceparent;
    try {
      await this.#publisher.publish({
        exchange: billingExchange,
        routingKey: event.type,
        content: nativeContent(event, content, envelope),
        // Stands in for the id that the body may lack.
        messageId: event.id,
        contentType: 'application/json',
        headers: {
          [partitionKeyHeader]: event.partitionKey,
          ...(traceparent !== null && { traceparent }),
        },
      });
    } catch (error) {
      span?.fail(error instanceof BrokerError ? error.code : 'internal_error');
      throw error;
    } finally {
      span?.end();
    }
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

/** As OpenTelemetry's conventions for RabbitMQ have it. */
function sendingSpan(tracer: Tracer, { id, type, partitionKey, traceparent }: BillingEvent): Span {
  return tracer.start(`send ${billingExchange}`, {
    role: 'producer',
    parent: traceparent,
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.operation.name': 'send',
      'messaging.operation.type': 'send',
      'messaging.destination.name': `${billingExchange}:${type}`,
      'messaging.rabbitmq.destination.routing_key': type,
      'messaging.message.id': id,
      'provisor.event.id': id,
      'provisor.event.type': type,
      'provisor.partition_key': partitionKey,
    },
  });
}
