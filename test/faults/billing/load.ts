import { setTimeout as delay } from 'node:timers/promises';
import { castEvents } from '../cast.ts';
import type { Range, SeededRandom } from '../random.ts';
import type { Ledger } from './ledger.ts';
import type { PersistentBilling } from './persistent-billing.ts';

/** How many of the confirmed events are published once more, as a billing system with a fault of its own would. */
const twice = 0.03;
/** How far back such a repetition may reach. */
const furthestBack: Range = { min: 0, max: 4 };

export interface LoadOptions {
  readonly keys: number;
  /** Between two events of a key. It makes the rate, and mixes the keys; nothing is waited for by it. */
  readonly pauseMs: Range;
  readonly random: SeededRandom;
}

/** Publishes events of many keys side by side, those of each key one after another. */
export class Load {
  readonly #billing: PersistentBilling;
  readonly #ledger: Ledger;
  readonly #options: LoadOptions;
  #stopped = false;

  constructor(billing: PersistentBilling, ledger: Ledger, options: LoadOptions) {
    this.#billing = billing;
    this.#ledger = ledger;
    this.#options = options;
  }

  /** Publishes until it is stopped. Then every event that was begun is confirmed. */
  async run(): Promise<void> {
    const keys = Array.from({ length: this.#options.keys }, (_, number) => `client-${String(number)}`);
    await Promise.all(keys.map((key) => this.#runKey(key)));
  }

  stop(): void {
    this.#stopped = true;
  }

  async #runKey(key: string): Promise<void> {
    const random = this.#options.random.for(key);
    while (!this.#stopped) {
      const event = this.#ledger.next(key, random.pick(castEvents));
      event.publishedAgain = await this.#billing.publish(event);
      event.confirmed = true;
      if (random.chance(twice)) await this.#publishTwice(key, random);
      await delay(random.integer(this.#options.pauseMs));
    }
  }

  async #publishTwice(key: string, random: SeededRandom): Promise<void> {
    const event = this.#ledger.byKey.get(key)?.at(-1 - random.integer(furthestBack));
    if (!event) return;
    await this.#billing.publish(event);
    event.publishedTwice++;
  }
}
