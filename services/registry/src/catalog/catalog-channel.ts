import { Inject, Injectable } from '@nestjs/common';
import { lastValueFrom } from 'rxjs';
import { configExchange } from '#contracts';
import { AmqpClient } from '#messaging';
import type { RegistrySettings } from '#settings';
import { SETTINGS } from '../runtime/tokens.ts';

/** What the registry says to every executor goes through here. */
@Injectable()
export class CatalogChannel {
  readonly #client: AmqpClient;

  constructor(@Inject(SETTINGS) settings: RegistrySettings) {
    const destination = { fanout: configExchange };
    this.#client = new AmqpClient({ name: 'provisor-registry-catalog', broker: settings.broker, destination });
  }

  /**
   * Resolves when the broker has confirmed the message; sending one once more does no harm.
   *
   * @throws {BrokerError} `disconnected`, `timeout` or `topology`.
   */
  async send(pattern: string, data: object): Promise<void> {
    await lastValueFrom(this.#client.emit(pattern, data));
  }

  /** By now no caller waits for an answer; unconfirmed messages are given up. */
  stop(): Promise<void> {
    return this.#client.close();
  }
}
