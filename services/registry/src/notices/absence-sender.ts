import type { Counter } from 'prom-client';
import type { Publisher } from '#broker';
import { noticeExchange, noticeKey, partitionKeyHeader } from '#contracts';
import type { EventPublisher } from '../events/event-publisher.ts';
import { absenceEvent, type AbsenceNotice } from './absence-notice.ts';

/**
 * Sends a notice as an event, which waits for an executor, and to the exchange, where other systems hear it at once.
 */
export class AbsenceSender {
  readonly #events: EventPublisher;
  readonly #exchange: Publisher;
  readonly #sent: Counter<'type'>;

  constructor(events: EventPublisher, exchange: Publisher, sent: Counter<'type'>) {
    this.#events = events;
    this.#exchange = exchange;
    this.#sent = sent;
  }

  /**
   * Resolves when the broker has taken charge of both. Sent again, both have the same id.
   *
   * @throws {BrokerError} When the broker cannot be reached, or does not take it.
   */
  async send(notice: AbsenceNotice): Promise<void> {
    const content = absenceEvent(notice);
    const headers = { [partitionKeyHeader]: noticeKey(notice.data.subject) };
    await this.#exchange.publish({
      exchange: noticeExchange,
      routingKey: notice.type,
      content,
      messageId: notice.id,
      contentType: 'application/json',
      headers,
      mayGoNowhere: true,
    });
    await this.#events.publish(content, { messageId: notice.id, headers });
    this.#sent.inc({ type: notice.type });
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }
}
