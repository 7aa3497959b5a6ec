import {
  decodeBillingEvent,
  intakeQueue,
  isOfLasting,
  noticeExchange,
  noticeKey,
  partitionKeyHeader,
  type Notice,
} from '#contracts';
import { noticeEvent } from '../../receive/message.ts';
import type { MessagePublisher } from '../operations/event-sender.ts';

/** A notice of the outbox. */
export interface StoredNotice {
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

/** Sends a notice as an event, which handlers run for, and to the exchange, where other systems hear it. */
export class NoticeSender {
  readonly #events: MessagePublisher;
  readonly #exchange: MessagePublisher;

  /** @param exchange Declares the exchange of notices. */
  constructor(events: MessagePublisher, exchange: MessagePublisher) {
    this.#events = events;
    this.#exchange = exchange;
  }

  /**
   * Resolves when the broker has taken charge of both, or of the event alone if only handlers wait for it. Sent again,
   * both have the same id.
   *
   * @throws {BrokerError} When the broker cannot be reached, or does not take it.
   */
  async send({ id, type, body }: StoredNotice): Promise<void> {
    const { data } = JSON.parse(body) as { data: Notice };
    const partitionKey = noticeKey(data.subject);
    const content = Buffer.from(body);
    const event = decodeBillingEvent(content, { messageId: id, headers: { [partitionKeyHeader]: partitionKey } });
    await this.#events.publish({ exchange: '', routingKey: intakeQueue, ...noticeEvent(event) });
    if (isOfLasting(type, data)) return;
    await this.#exchange.publish({
      exchange: noticeExchange,
      routingKey: type,
      content,
      messageId: id,
      contentType: 'application/json',
      headers: { [partitionKeyHeader]: partitionKey },
      mayGoNowhere: true,
    });
  }
}
