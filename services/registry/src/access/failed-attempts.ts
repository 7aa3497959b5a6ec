import { Injectable } from '@nestjs/common';
import { TooManyAttempts } from './access-errors.ts';
import { clientOf } from './client-address.ts';

/** How many wrong tries an address has in stock, and how many come back in a second. */
interface Allowance {
  readonly stock: number;
  readonly perSecond: number;
}

/**
 * Generous: keys cannot be guessed in any number of tries, unless an administrator chose a weak one. A person types a
 * key now and then, while a broken client sends its old one with each call.
 */
const allowances = {
  sign_in: { stock: 20, perSecond: 1 / 3 },
  bearer: { stock: 200, perSecond: 5 },
} as const satisfies Record<string, Allowance>;

/** Addresses that are remembered; beyond that the one is forgotten that failed longest ago. Some 2 MB. */
const rememberedAddresses = 10_000;

interface Bucket {
  tries: number;
  /** Milliseconds, when `tries` was right. */
  at: number;
}

/** Counts wrong keys by the address that they came from. What is right is never counted, and never refused. */
@Injectable()
export class FailedAttempts {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @throws {TooManyAttempts} When the address has used up its tries. */
  count(what: keyof typeof allowances, address: string): void {
    const { stock, perSecond } = allowances[what];
    const client = `${what} ${clientOf(address)}`;
    const now = this.#now();
    const { tries, at } = this.#buckets.get(client) ?? { tries: stock, at: now };
    const left = Math.min(stock, tries + ((now - at) / 1_000) * perSecond);
    // Moved to the end, so that the first of all is always the one to forget.
    this.#buckets.delete(client);
    this.#buckets.set(client, { tries: left < 1 ? left : left - 1, at: now });
    this.#forget();
    if (left < 1) throw new TooManyAttempts(secondsUntil(1 - left, perSecond));
  }

  #forget(): void {
    if (this.#buckets.size <= rememberedAddresses) return;
    const [oldest] = this.#buckets.keys();
    this.#buckets.delete(oldest!);
  }
}

/**
 * Whole seconds, so that a client that waits them out has a try again; through milliseconds, since fractions do not add
 * up.
 */
function secondsUntil(tries: number, perSecond: number): number {
  return Math.ceil(Math.round((tries / perSecond) * 1_000) / 1_000);
}
