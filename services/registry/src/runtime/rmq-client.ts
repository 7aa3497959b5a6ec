import type { EventEmitter } from 'node:events';
import { Logger as NestLogger } from '@nestjs/common';
import { ClientRMQ } from '@nestjs/microservices';
import { BrokerError, manageConnection, type BrokerAddress } from '#broker';

export type RmqClientOptions = ConstructorParameters<typeof ClientRMQ>[0];

/** NestJS' client reports each failed try at error and each connection at info; who sends through it says what matters, once. */
class QuietLogger extends NestLogger {
  override error(message: unknown): void {
    this.debug(String(message));
  }
  override warn(message: unknown): void {
    this.debug(String(message));
  }
  override log(message: unknown): void {
    this.debug(String(message));
  }
}

/** NestJS' client, with its failures where its user can see them. */
export class RmqClient extends ClientRMQ {
  protected override readonly logger = new QuietLogger(ClientRMQ.name);
  readonly #broker: BrokerAddress;
  readonly #name: string;
  /** What the broker holds against us, for example an exchange of that name but of another type. */
  channelFault: string | undefined;

  /** @param name Of the connection, as the broker shows it. */
  constructor(broker: BrokerAddress, name: string, options: RmqClientOptions) {
    // It looks into the list to see whether a node that cannot be reached was the last one.
    super({ ...options, urls: [...broker.urls] });
    this.#broker = broker;
    this.#name = name;
  }

  /** Ours, which NestJS' own cannot do: reads password and certificates again for every connection. */
  override createClient(): ReturnType<ClientRMQ['createClient']> {
    return manageConnection(this.#broker, this.#name);
  }

  /** True when nobody waits for an answer. */
  get isIdle(): boolean {
    return this.routingMap.size === 0;
  }

  /** @throws {BrokerError} `disconnected`; of itself it would throw texts and plain objects, as an answer's error is one. */
  override async connect(): Promise<unknown> {
    try {
      return (await super.connect()) as unknown;
    } catch (error) {
      throw new BrokerError('disconnected', 'not connected to RabbitMQ', { cause: error });
    }
  }

  override createChannel(): Promise<void> {
    this.channelFault = undefined;
    const ready = super.createChannel();
    // Unheard, it would end the process: when the exchange is refused, and when a stop comes while it is being declared.
    (this.channel as EventEmitter).on('error', (error: Error) => (this.channelFault ??= error.message));
    return ready.then(() => (this.channelFault = undefined));
  }
}
