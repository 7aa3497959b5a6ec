import { connect, type ChannelModel } from 'amqplib';
import { noticeExchange, type Notice, type NoticeType } from '#contracts';
import { eventually } from './eventually.ts';

/** A notice as another system hears it. */
export interface HeardNotice {
  readonly id: string;
  readonly type: NoticeType;
  readonly data: Notice;
}

/** Another system, which has bound a queue to the exchange of notices. */
export class NoticeListener {
  readonly #connection: ChannelModel;
  /** In the order in which they came. */
  readonly notices: HeardNotice[] = [];

  static async connect(amqpUrl: string, pattern = '#'): Promise<NoticeListener> {
    const connection = await connect(amqpUrl);
    const listener = new NoticeListener(connection);
    const channel = await connection.createChannel();
    await channel.assertExchange(noticeExchange, 'topic', { durable: true });
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, noticeExchange, pattern);
    await channel.consume(
      queue,
      (message) => {
        if (!message) return;
        const { event, data } = JSON.parse(message.content.toString()) as { event: { id: string }; data: Notice };
        listener.notices.push({ id: event.id, type: message.fields.routingKey as NoticeType, data });
      },
      { noAck: true },
    );
    return listener;
  }

  private constructor(connection: ChannelModel) {
    this.#connection = connection;
    connection.on('error', () => undefined);
  }

  of(type: NoticeType, subjectId?: string): HeardNotice[] {
    return this.notices.filter((one) => one.type === type && [undefined, one.data.subject.id].includes(subjectId));
  }

  /** The notices of a type about a subject, when there is one, or as many as are asked for. */
  heard(type: NoticeType, subjectId?: string, count = 1, timeoutMs = 30_000): Promise<HeardNotice[]> {
    return eventually(() => {
      const found = this.of(type, subjectId);
      return found.length >= count ? found : undefined;
    }, timeoutMs);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
