import type { EventEmitter } from 'node:events';
import { Inject, Injectable, Logger as NestLogger, type OnApplicationShutdown } from '@nestjs/common';
import { ClientRMQ } from '@nestjs/microservices';
import { lastValueFrom, Subject, takeUntil, timeout, TimeoutError } from 'rxjs';
import { BrokerError } from '#broker';
import { configExchange } from '#contracts';
import type { RegistrySettings } from '#settings';
import { SETTINGS } from '../runtime/tokens.ts';

/** Longer than this and the message counts as lost; sending it once more does no harm. */
const confirmTimeoutMs = 5_000;

/** NestJS' client reports each failed try at error; who sends through it says what matters, once. */
class QuietLogger extends NestLogger {
  override error(message: unknown): void {
    this.debug(String(message));
  }
  override warn(message: unknown): void {
    this.debug(String(message));
  }
}

class QuietClient extends ClientRMQ {
  protected override readonly logger = new QuietLogger(ClientRMQ.name);
  /** What the broker holds against us, for example an exchange of that name but of another type. */
  channelFault: string | undefined;

  override createChannel(): Promise<void> {
    this.channelFault = undefined;
    const ready = super.createChannel();
    // Unheard, it would end the process: when the exchange is refused, and when a stop comes while it is being declared.
    (this.channel as EventEmitter).on('error', (error: Error) => (this.channelFault ??= error.message));
    return ready.then(() => (this.channelFault = undefined));
  }
}

/** What the registry says to every executor goes through here. */
@Injectable()
export class CatalogChannel implements OnApplicationShutdown {
  readonly #client: QuietClient;
  readonly #stopping = new Subject<undefined>();

  constructor(@Inject(SETTINGS) settings: RegistrySettings) {
    this.#client = new QuietClient({
      urls: [settings.amqpUrl],
      exchange: configExchange,
      exchangeType: 'fanout',
      // Whoever is not there to hear it asks for the revision when it comes back; there is nothing to keep.
      persistent: false,
      socketOptions: {
        reconnectTimeInSeconds: 1,
        heartbeatIntervalInSeconds: 10,
        connectionOptions: { clientProperties: { connection_name: 'provisor-registry-catalog' }, noDelay: true },
      },
    });
  }

  /**
   * Resolves when the broker has confirmed the message.
   *
   * @throws {BrokerError} `disconnected`, `timeout` or `topology`.
   */
  async send(pattern: string, data: object): Promise<void> {
    try {
      const sent = this.#client.emit(pattern, data).pipe(timeout(confirmTimeoutMs), takeUntil(this.#stopping));
      await lastValueFrom(sent, { defaultValue: undefined });
    } catch (error) {
      const fault = this.#client.channelFault;
      // A channel that the broker closed alone stays closed, and silent: only a new connection brings another.
      if (error instanceof TimeoutError) await this.#client.close();
      if (fault !== undefined)
        throw new BrokerError('topology', `RabbitMQ refused a channel: ${fault}`, { cause: error });
      if (!(error instanceof TimeoutError)) {
        throw new BrokerError('disconnected', 'not connected to RabbitMQ', { cause: error });
      }
      throw new BrokerError('timeout', `RabbitMQ did not confirm within ${confirmTimeoutMs} ms`, { cause: error });
    }
  }

  /** By now nobody waits for an answer; what is still to be confirmed is given up. */
  async onApplicationShutdown(): Promise<void> {
    this.#stopping.next(undefined);
    await this.#client.close();
  }
}
