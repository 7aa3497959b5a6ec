import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { configExchange } from '#contracts';
import type { RegistrySettings } from '#settings';
import { RmqChannel } from '../runtime/rmq-channel.ts';
import { SETTINGS } from '../runtime/tokens.ts';

/** What the registry says to every executor goes through here. */
@Injectable()
export class CatalogChannel implements OnApplicationShutdown {
  readonly #channel: RmqChannel;

  constructor(@Inject(SETTINGS) settings: RegistrySettings) {
    this.#channel = new RmqChannel(settings.broker, 'provisor-registry-catalog', {
      exchange: configExchange,
      exchangeType: 'fanout',
    });
  }

  /**
   * Resolves when the broker has confirmed the message; sending one once more does no harm.
   *
   * @throws {BrokerError} `disconnected`, `timeout` or `topology`.
   */
  send(pattern: string, data: object): Promise<void> {
    return this.#channel.emit(pattern, data);
  }

  /** By now nobody waits for an answer; what is still to be confirmed is given up. */
  async onApplicationShutdown(): Promise<void> {
    await this.#channel.close();
  }
}
