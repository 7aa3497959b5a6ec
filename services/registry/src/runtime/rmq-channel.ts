import { lastValueFrom, Subject, takeUntil, timeout, TimeoutError, type Observable } from 'rxjs';
import { BrokerError, spread, toAddress, type BrokerAddress } from '#broker';
import { RmqClient, type RmqClientOptions } from './rmq-client.ts';

/** Longer than this and the message counts as lost. */
const confirmTimeoutMs = 5_000;

/** An answer that says that whoever took the message failed. */
export class AnswerFault extends Error {
  override readonly name = 'AnswerFault';

  constructor(fault: unknown) {
    const { message } = (fault ?? {}) as { message?: unknown };
    super(typeof message === 'string' ? message : String(fault));
  }
}

/** What the registry says to executors, by NestJS' protocol over RabbitMQ. */
export class RmqChannel {
  readonly #options: RmqClientOptions;
  readonly #broker: BrokerAddress;
  readonly #name: string;
  readonly #stopping = new Subject<undefined>();
  #client: RmqClient;

  /** @param name Of the connection, as the broker shows it. */
  constructor(broker: string | BrokerAddress, name: string, options: RmqClientOptions) {
    this.#broker = spread(toAddress(broker));
    this.#name = name;
    this.#options = {
      // Who is not there to hear it asks when it comes back, or must not do it any more; there is nothing to keep.
      persistent: false,
      ...options,
    };
    this.#client = this.#newClient();
  }

  /**
   * Resolves when the broker has confirmed the message.
   *
   * @throws {BrokerError} `disconnected`, `timeout` or `topology`.
   */
  async emit(pattern: string, data: object): Promise<void> {
    const client = this.#client;
    const sent: Observable<unknown> = client.emit<unknown>(pattern, data).pipe(timeout(confirmTimeoutMs));
    try {
      await lastValueFrom(sent.pipe(takeUntil(this.#stopping)), { defaultValue: undefined });
    } catch (error) {
      if (error instanceof TimeoutError) this.#abandon(client);
      throw brokerError(client, error, `RabbitMQ did not confirm within ${confirmTimeoutMs} ms`);
    }
  }

  /**
   * Resolves with the answer to a message.
   *
   * @throws {BrokerError} `disconnected`, `timeout` (no answer in time) or `topology`.
   * @throws {AnswerFault} When there was an answer, and it was an error.
   */
  async request<T>(pattern: string, data: object, timeoutMs: number): Promise<T> {
    const client = this.#client;
    try {
      return await lastValueFrom(client.send<T>(pattern, data).pipe(timeout(timeoutMs)));
    } catch (error) {
      if (!(error instanceof Error)) throw new AnswerFault(error);
      // The queue may have been deleted, and only a new channel declares it; but others may still get their answers.
      if (error instanceof TimeoutError && client.isIdle) this.#abandon(client);
      throw brokerError(client, error, `there was no answer within ${timeoutMs} ms`);
    }
  }

  /** What is still to be confirmed or answered is given up. */
  async close(): Promise<void> {
    this.#stopping.next(undefined);
    await this.#client.close();
  }

  #newClient(): RmqClient {
    const client = new RmqClient(this.#broker, this.#name, this.#options);
    // An answer comes by the connection of its question, or never. And restored by itself, the client would first send
    // again what it was sending when the connection broke, however long ago that was and whoever has been told otherwise.
    client.status.subscribe((status: string) => {
      if (status === 'disconnected') this.#abandon(client);
    });
    return client;
  }

  /** A channel that the broker closed alone stays closed, and silent: only a new connection brings another. */
  #abandon(client: RmqClient): void {
    if (client === this.#client) this.#client = this.#newClient();
    void client.close().catch(() => undefined);
  }
}

function brokerError({ channelFault }: RmqClient, cause: unknown, tooLate: string): BrokerError {
  if (channelFault !== undefined) {
    return new BrokerError('topology', `RabbitMQ refused a channel: ${channelFault}`, { cause });
  }
  if (cause instanceof TimeoutError) return new BrokerError('timeout', tooLate, { cause });
  return cause instanceof BrokerError
    ? cause
    : new BrokerError('disconnected', 'the connection to RabbitMQ was lost', { cause });
}
