import type { ConfirmChannel, Options } from 'amqplib';
import type { BrokerConnection } from './connection.ts';
import { declarationsOf, declare, type Destination } from './declare.ts';
import { BrokerError } from './errors.ts';
import { closeChannel } from './silent-broker.ts';

/** A queue that the broker has for each channel, for answers (direct reply-to). */
const replyQueue = 'amq.rabbitmq.reply-to';

export interface Message {
  readonly content: Buffer;
  /** What it is about: its routing key at a fanout exchange, which does not route by it. */
  readonly subject: string;
  /** How long the broker keeps it for a listener, milliseconds; as long as it takes unless given. */
  readonly keptMs?: number | undefined;
}

/** A channel, and what still is to be answered by it: an answer comes by the channel of its question, or never. */
interface Session {
  readonly channel: ConfirmChannel;
  readonly answers: Map<string, PromiseWithResolvers<Buffer>>;
}

/**
 * Sends messages to a {@link Destination}, and takes answers to them. The messages do not survive the broker: they
 * matter now or never. A message that was not confirmed in time does not arrive later either.
 *
 * The connection should serve nothing else: the messenger breaks it off when the broker does not answer.
 */
export class Messenger {
  readonly #connection: BrokerConnection;
  readonly #destination: Destination;
  readonly #closing = new AbortController();
  /** Opened when it is needed, and again after a loss. */
  #session: Promise<Session> | undefined;

  constructor(connection: BrokerConnection, destination: Destination) {
    this.#connection = connection;
    this.#destination = destination;
  }

  /**
   * Resolves when the broker has confirmed the message. This does not say whether a consumer exists.
   *
   * @throws {BrokerError} `disconnected`, `timeout` or `topology`.
   */
  async send(message: Message, timeoutMs: number): Promise<void> {
    await this.#inTime(timeoutMs, 'RabbitMQ did not confirm the message', async (deadline) => {
      const { channel } = await this.#ready(deadline);
      await this.#publish(channel, message, {}, deadline);
    });
  }

  /**
   * Resolves with the answer to a message.
   *
   * @param id Unique; the answer has it as its correlation id.
   * @throws {BrokerError} `disconnected`, `timeout` (no answer in time) or `topology`.
   */
  ask(message: Message, id: string, timeoutMs: number): Promise<Buffer> {
    return this.#inTime(timeoutMs, 'there was no answer', async (deadline) => {
      const { channel, answers } = await this.#ready(deadline);
      const answer = Promise.withResolvers<Buffer>();
      answers.set(id, answer);
      try {
        const options = { replyTo: replyQueue, correlationId: id };
        const [content] = await Promise.all([
          before(deadline, answer.promise),
          this.#publish(channel, message, options, deadline),
        ]);
        return content;
      } finally {
        answers.delete(id);
      }
    });
  }

  /** Ends it for good; what is still to be confirmed or answered fails. May be called again. */
  async close(): Promise<void> {
    this.#closing.abort(new BrokerError('disconnected', 'the messenger was closed'));
    const session = await this.#session?.catch(() => undefined);
    if (session) await closeChannel(session.channel);
  }

  async #inTime<T>(timeoutMs: number, failure: string, work: (deadline: AbortSignal) => Promise<T>): Promise<T> {
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort(new BrokerError('timeout', `${failure} within ${timeoutMs} ms`));
    }, timeoutMs);
    try {
      return await work(AbortSignal.any([late.signal, this.#closing.signal]));
    } catch (error) {
      if (error instanceof BrokerError) throw error;
      throw new BrokerError('disconnected', 'the connection to RabbitMQ was lost', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when the broker has confirmed the message. */
  async #publish(
    channel: ConfirmChannel,
    message: Message,
    options: Options.Publish,
    deadline: AbortSignal,
  ): Promise<void> {
    const { content, subject, keptMs } = message;
    const [exchange, routingKey] =
      'queue' in this.#destination ? ['', this.#destination.queue] : [this.#destination.fanout, subject];
    const all = { ...options, persistent: false, ...(keptMs !== undefined && { expiration: keptMs }) };
    const confirmed = new Promise<void>((resolve, reject) => {
      channel.publish(exchange, routingKey, content, all, (error: Error | null) => {
        if (error) reject(error);
        else resolve();
      });
    });
    try {
      await before(deadline, confirmed);
    } catch (error) {
      // A broker that reads on later would still take the message, whose sender has been told otherwise.
      if (deadline.aborted) this.#breakOff();
      throw error;
    }
  }

  /** A session whose destination exists. RabbitMQ also confirms a message to a queue that was deleted meanwhile. */
  async #ready(deadline: AbortSignal): Promise<Session> {
    try {
      const session = await before(deadline, this.#open());
      this.#connection.assertUsable();
      await before(deadline, declare(session.channel, declarationsOf(this.#destination)));
      return session;
    } catch (error) {
      if (deadline.aborted) this.#breakOff();
      throw error;
    }
  }

  /** Leaves a broker that does not answer. */
  #breakOff(): void {
    this.#session = undefined;
    this.#connection.breakOff();
  }

  #open(): Promise<Session> {
    if (this.#session) return this.#session;
    const session = this.#connect();
    const forget = () => {
      if (this.#session === session) this.#session = undefined;
    };
    session.then(({ channel }) => channel.once('close', forget), forget);
    return (this.#session = session);
  }

  async #connect(): Promise<Session> {
    await this.#connection.untilConnected();
    const channel = await this.#connection.createConfirmChannel(this.#closing.signal);
    const answers: Session['answers'] = new Map();
    channel.once('close', () => {
      const lost = new BrokerError('disconnected', 'the connection to RabbitMQ was lost before the answer came');
      for (const { reject } of answers.values()) reject(lost);
    });
    await channel.consume(
      replyQueue,
      (message) => {
        // What belongs to no question came too late, or is made up.
        if (message) answers.get(message.properties.correlationId as string)?.resolve(message.content);
      },
      { noAck: true },
    );
    return { channel, answers };
  }
}

/**
 * What work resolves with, unless a signal fires before.
 *
 * @throws The reason of the signal, and what the work fails with.
 */
async function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  // No caller waits for a failure that comes too late; unheard it would end the process.
  work.catch(() => undefined);
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
