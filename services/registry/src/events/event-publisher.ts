import { Inject, Injectable } from '@nestjs/common';
import { BrokerConnection, BrokerError, Publisher } from '#broker';
import {
  billingExchange,
  decodeBillingEvent,
  nativeContent,
  partitionKeyHeader,
  type BillingEvent,
  type EventEnvelope,
} from '#contracts';
import {
  contextFrom,
  failSpan,
  SpanKind,
  traceparentOfSpan,
  type Logger,
  type Span,
  type Tracer,
} from '#observability';
import { LOGGER, TRACER } from '../runtime/tokens.ts';

/** Passes events that come by REST on to RabbitMQ, where they go the way of all others. */
@Injectable()
export class EventPublisher {
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

  start(): void {
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
    const traceparent = span ? traceparentOfSpan(span) : event.traceparent;
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
      if (span) failSpan(span, error instanceof BrokerError ? error.code : 'internal_error');
      throw error;
    } finally {
      span?.end();
    }
    return event;
  }

  stop(): Promise<void> {
    return this.#publisher.close();
  }

  /** Billing may publish before the first event comes by REST, and before any executor was ever started. */
  #prepare(): void {
    this.#publisher.prepare().catch((error: unknown) => {
      this.#logger.warn({ err: error }, 'failed to declare the exchange of billing events; retrying at the next event');
    });
  }
}

/** As OpenTelemetry's conventions for RabbitMQ have it. */
function sendingSpan(tracer: Tracer, { id, type, partitionKey, traceparent }: BillingEvent): Span {
  const attributes = {
    'messaging.system': 'rabbitmq',
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.destination.name': `${billingExchange}:${type}`,
    'messaging.rabbitmq.destination.routing_key': type,
    'messaging.message.id': id,
    'provisor.event.id': id,
    'provisor.event.type': type,
    'provisor.partition_key': partitionKey,
  };
  return tracer.startSpan(`send ${billingExchange}`, { kind: SpanKind.PRODUCER, attributes }, contextFrom(traceparent));
}
