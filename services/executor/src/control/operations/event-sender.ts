import type { Forwarded, OutgoingMessage } from '#broker';
import { decodeBillingEvent, intakeQueue, partitionKeyHeader, type BillingEvent } from '#contracts';
import { untilAnswered } from '#database';
import type { Logger } from '#observability';
import type { Resume } from '../../record/run.ts';
import { replayedEvent, resumedEvent } from '../../receive/message.ts';
import type { OperationRequest } from './operation-request.ts';

/** Takes messages to the broker. */
export interface MessagePublisher {
  /** Resolves when the broker has taken charge of the message. */
  publish(message: OutgoingMessage): Promise<void>;
}

/** An event of the journal. */
export interface JournaledEvent {
  /** The journal's own id of it. */
  readonly id: string;
  readonly eventId: string;
  readonly partitionKey: string;
  /** Milliseconds since 1970. */
  readonly occurredAt: number;
  /** W3C trace context in which it was handled, where there was one. */
  readonly traceparent: string | null;
  readonly body: string;
}

type Message = Omit<Forwarded, 'queue'>;

/**
 * Sends events of the journal to the intake, from where they take their turn among live events. Each is sent when the
 * broker has confirmed the one before it: so they arrive in their order even where one has to be sent again, or two
 * executors take themselves for the sender for a while.
 */
export class EventSender {
  readonly #publisher: MessagePublisher;
  readonly #logger: Logger;

  constructor(publisher: MessagePublisher, logger: Logger) {
    this.#publisher = publisher;
    this.#logger = logger;
  }

  /**
   * Sends events to be run again from the start.
   *
   * @param signal Ends the waiting for a broker that is away, with its reason.
   * @returns How many were sent: what was an event once may not be one any more, and is passed over.
   */
  async replay(events: readonly JournaledEvent[], request: OperationRequest, signal: AbortSignal): Promise<number> {
    const messages = events.flatMap((event) => this.#replayMessage(event, request) ?? []);
    for (const message of messages) await this.#send(message, request.id, signal);
    return messages.length;
  }

  /**
   * Sends a failed event to be continued.
   *
   * @param signal As in {@link replay}.
   * @returns Whether it was sent: it may not be an event any more.
   */
  async resume(event: JournaledEvent, resume: Resume, signal: AbortSignal): Promise<boolean> {
    const decoded = this.#decode(event, resume.operationId);
    if (decoded) await this.#send(resumedEvent(decoded, resume), resume.operationId, signal);
    return decoded !== undefined;
  }

  #replayMessage(journaled: JournaledEvent, request: OperationRequest): Message | undefined {
    const { id, handlerIds, editedEvent, editedEventId } = request;
    const { eventId, occurredAt, traceparent } = journaled;
    const isEdited = editedEvent !== null && editedEventId !== null;
    const event = this.#decode(isEdited ? { ...journaled, eventId: editedEventId, body: editedEvent } : journaled, id);
    const replay = {
      id,
      handlerIds,
      trace: traceparent ?? undefined,
      of: isEdited ? { eventId, occurredAt } : undefined,
    };
    return event && replayedEvent(event, replay);
  }

  async #send(event: Message, operationId: string, signal: AbortSignal): Promise<void> {
    const message = { exchange: '', routingKey: intakeQueue, ...event };
    await untilAnswered(
      () => this.#publisher.publish(message),
      (error) => this.#logger.warn({ err: error, operationId }, 'operation is waiting for RabbitMQ'),
      signal,
    );
  }

  /** For example its type may have been removed: no reason to hold up the rest. */
  #decode(
    { eventId, partitionKey, body }: Pick<JournaledEvent, 'eventId' | 'partitionKey' | 'body'>,
    operationId: string,
  ): BillingEvent | undefined {
    try {
      return decodeBillingEvent(Buffer.from(body), {
        messageId: eventId,
        headers: { [partitionKeyHeader]: partitionKey },
      });
    } catch (error) {
      this.#logger.warn({ err: error, eventId, operationId }, 'failed to read event of the journal; skipping it');
      return undefined;
    }
  }
}
