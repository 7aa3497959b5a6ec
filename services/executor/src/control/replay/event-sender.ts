import type { OutgoingMessage } from '#broker';
import { decodeBillingEvent, intakeQueue, partitionKeyHeader, type BillingEvent } from '#contracts';
import { untilAnswered } from '#database';
import type { Logger } from '#observability';
import type { Replay } from '../../record/run.ts';
import { replayedEvent } from '../../receive/forwarded-event.ts';
import type { ReplayRow } from './replay-runs.ts';

type ReplayedEvent = ReturnType<typeof replayedEvent>;

/** Takes messages to the broker. */
export interface MessagePublisher {
  /** Resolves when the broker has taken charge of the message. */
  publish(message: OutgoingMessage): Promise<void>;
}

/** Sends events of the journal to the intake, from where they take their turn among what is live. */
export class EventSender {
  readonly #publisher: MessagePublisher;
  readonly #logger: Logger;

  constructor(publisher: MessagePublisher, logger: Logger) {
    this.#publisher = publisher;
    this.#logger = logger;
  }

  /**
   * Sends events one after another, each when the broker has confirmed the one before it: so they arrive in their order
   * even where one has to be sent again, or two executors hold themselves to be the sender for a while.
   *
   * @param signal Ends the waiting for a broker that is away, with its reason.
   * @returns How many were sent: what was an event once may be none any more, and is passed over.
   */
  async send(rows: readonly ReplayRow[], replay: Replay, signal: AbortSignal): Promise<number> {
    const messages = rows.flatMap((row) => {
      const event = this.#decode(row, replay);
      return event ? [replayedEvent(event, { ...replay, trace: row.traceparent ?? undefined })] : [];
    });
    for (const message of messages) await this.#sendOne(message, replay, signal);
    return messages.length;
  }

  async #sendOne(event: ReplayedEvent, replay: Replay, signal: AbortSignal): Promise<void> {
    const message = { exchange: '', routingKey: intakeQueue, ...event };
    await untilAnswered(
      () => this.#publisher.publish(message),
      (error) => this.#logger.warn({ err: error, replayId: replay.id }, 'replay is waiting for RabbitMQ'),
      signal,
    );
  }

  /** For example its type may have been removed: no reason to hold up the rest. */
  #decode({ eventId, partitionKey, body }: ReplayRow, replay: Replay): BillingEvent | undefined {
    try {
      return decodeBillingEvent(Buffer.from(body), {
        messageId: eventId,
        headers: { [partitionKeyHeader]: partitionKey },
      });
    } catch (error) {
      this.#logger.warn({ err: error, eventId, replayId: replay.id }, 'failed to replay event; skipping it');
      return undefined;
    }
  }
}
