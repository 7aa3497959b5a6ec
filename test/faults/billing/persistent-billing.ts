import { setTimeout as delay } from 'node:timers/promises';
import { Billing } from '../../support/billing.ts';
import type { LedgerEvent } from './ledger.ts';

/** Between two attempts to reach a broker that is away, milliseconds. */
const reconnectMs = 100;

/** A billing system that does not give up: what was not confirmed is published again, the same, until it is. */
export class PersistentBilling {
  readonly #amqpUrls: readonly string[];
  #connections = 0;
  #billing: Promise<Billing> | undefined;

  /** @param amqpUrls Nodes of one broker, to be tried in turn. */
  constructor(amqpUrls: readonly string[]) {
    this.#amqpUrls = amqpUrls;
  }

  /**
   * Resolves when the broker has confirmed it, with how many times it had been published in vain before, as far as
   * billing knows.
   */
  async publish(event: LedgerEvent): Promise<number> {
    const options = { headers: { 'partition-key': event.key }, contentType: 'application/json' };
    for (let inVain = 0; ;) {
      const connecting = this.#connect();
      try {
        const billing = await connecting;
        inVain++;
        await billing.publishRaw(event.type, event.body, options);
        return inVain - 1;
      } catch {
        // Whether it arrived, billing cannot know. The first to notice gives the connection up for all.
        if (this.#billing === connecting) this.#billing = undefined;
        void connecting.then((billing) => billing.close()).catch(() => undefined);
        await delay(reconnectMs);
      }
    }
  }

  async close(): Promise<void> {
    await (await this.#billing)?.close();
  }

  #connect(): Promise<Billing> {
    this.#billing ??= Billing.connect(this.#amqpUrls[this.#connections++ % this.#amqpUrls.length]!);
    return this.#billing;
  }
}
