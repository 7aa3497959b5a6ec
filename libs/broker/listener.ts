import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { Backoff } from '#retry';
import type { BrokerConnection } from './connection.ts';
import { declarationsOf, declare, type Destination } from './declare.ts';
import { closeChannel } from './silent-broker.ts';

/** Between the loss of a channel and the next one: what ended it may end the next one too. */
const waits = { firstMs: 1_000, longestMs: 5_000 };
/** Deleting an exchange also deletes its bindings, and the broker does not report it. */
const bindAgainMs = 5_000;

/** A message as a listener receives it. No other listener receives it. */
export interface Heard {
  readonly content: Buffer;
  /** Answers by the channel that the message came by, or not at all: the sender would not get it by another. */
  reply(content: Buffer): void;
}

export interface ListenerOptions {
  readonly destination: Destination;
  /** Resolves when the message has been dealt with. */
  readonly onMessage: (message: Heard) => Promise<void>;
  /** Called when messages can arrive, also after each recovery. */
  readonly onListening: () => void;
  /** Called when messages can no longer be received; the listener tries again. */
  readonly onLost: () => void;
  /**
   * Called with what the broker refuses, and with what a message failed with: each once as long as it stays the same.
   */
  readonly onFailure: (error: Error) => void;
}

/**
 * Consumes messages without acknowledgement: a message is lost if its listener dies. When the channel ends (a lost
 * connection, an error, a deleted queue), the listener opens another.
 */
export class Listener {
  readonly #connection: BrokerConnection;
  readonly #options: ListenerOptions;
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #channel: ConfirmChannel | undefined;
  #consumerTag = '';
  #running: Promise<void> | undefined;
  #told = '';

  constructor(connection: BrokerConnection, options: ListenerOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** The channel that messages arrive by, while there is one. */
  get channel(): ConfirmChannel | undefined {
    return this.#channel;
  }

  /** Begins to listen; does not wait for the broker. Does nothing when called again, or after a stop. */
  start(): void {
    if (!this.#isStopping()) this.#running ??= this.#run();
  }

  /** Takes no more messages, and finishes with those that it has, until the deadline. May be called again. */
  async stop(deadline: AbortSignal): Promise<void> {
    this.#stopping.abort();
    const channel = this.#channel;
    if (!channel) return;
    // On a channel that is lost there is nothing to cancel.
    await untilAborted(channel.cancel(this.#consumerTag).catch(ignoreClosed), deadline);
    await untilAborted(Promise.all(this.#underWay), deadline);
    await closeChannel(channel);
  }

  async #run(): Promise<void> {
    const backoff = new Backoff(waits);
    while (!this.#isStopping()) {
      if (await this.#listen()) backoff.reset();
      await backoff.wait(this.#stopping.signal);
    }
  }

  /** From the opening of a channel to its end; resolves with whether messages could arrive. */
  async #listen(): Promise<boolean> {
    const { onListening, onLost } = this.#options;
    let channel: ConfirmChannel;
    try {
      channel = await this.#connection.createConfirmChannel(this.#stopping.signal);
    } catch {
      // The connection has ended meanwhile, and tells why, or is to end.
      return false;
    }
    let hasListened = false;
    let fault: Error | undefined;
    channel.on('error', (error: Error) => (fault = error));
    const closed = new Promise<void>((resolve) => channel.once('close', resolve));
    void closed.then(() => (this.#channel = undefined));
    this.#channel = channel;
    try {
      this.#consumerTag = await this.#subscribe(channel);
      // A stop that came while the channel was being opened did not see it.
      if (this.#isStopping()) await closeChannel(channel);
      else {
        this.#told = '';
        hasListened = true;
        onListening();
      }
      await closed;
    } catch (error) {
      fault ??= error as Error;
      await closeChannel(channel);
    }
    // A channel that ends with its connection has no fault: the connection has.
    if (fault && !this.#connection.fault) this.#tell(fault);
    if (!this.#isStopping()) onLost();
    return hasListened;
  }

  /** Resolves with the subscription's name. */
  async #subscribe(channel: ConfirmChannel): Promise<string> {
    const { destination } = this.#options;
    await declare(channel, declarationsOf(destination));
    const queue = 'queue' in destination ? destination.queue : await this.#bind(channel, destination.fanout);
    const onMessage = (message: ConsumeMessage | null) => {
      // No message means that the broker cancelled the subscription, because the queue was deleted.
      if (message) this.#take(channel, message);
      else void closeChannel(channel);
    };
    const { consumerTag } = await channel.consume(queue, onMessage, { noAck: true });
    return consumerTag;
  }

  /** Binds a queue of our own that is gone when we are, again and again; resolves with its name. */
  async #bind(channel: ConfirmChannel, exchange: string): Promise<string> {
    const { queue } = await channel.assertQueue('', { durable: false, exclusive: true, autoDelete: true });
    await channel.bindQueue(queue, exchange, '');
    const bindAgain = async () => {
      await declare(channel, declarationsOf({ fanout: exchange }));
      await channel.bindQueue(queue, exchange, '');
    };
    // A refusal of the broker ends the channel, and is reported with that.
    const timer = setInterval(() => void bindAgain().catch(ignoreClosed), bindAgainMs).unref();
    channel.once('close', () => clearInterval(timer));
    return queue;
  }

  #take(channel: ConfirmChannel, { content, properties }: ConsumeMessage): void {
    const { replyTo, correlationId } = properties as { replyTo: unknown; correlationId: string };
    const reply = (answer: Buffer) => {
      // Some leave no place for an answer. A channel that has ended has taken it along.
      if (typeof replyTo !== 'string' || this.#channel !== channel) return;
      channel.sendToQueue(replyTo, answer, { correlationId });
    };
    const work: Promise<void> = this.#options
      .onMessage({ content, reply })
      .catch((error: unknown) => this.#tell(error as Error))
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  #tell(error: Error): void {
    if (error.message === this.#told || this.#isStopping()) return;
    this.#told = error.message;
    this.#options.onFailure(error);
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}

/** What is closed already is what was wanted. */
function ignoreClosed(): void {}

/** Waits for work, until a signal fires. */
async function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const aborted = Promise.withResolvers<undefined>();
  const onAbort = () => aborted.resolve(undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  await Promise.race([work, aborted.promise]);
  signal.removeEventListener('abort', onAbort);
}
