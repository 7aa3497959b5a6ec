import { createHash, randomInt } from 'node:crypto';

const seeds = 2 ** 31;

/** A seed for a run that was given none. */
export function freshSeed(): number {
  return randomInt(seeds);
}

/** Random numbers that come the same again from the same seed. */
export class SeededRandom {
  readonly #seed: string;
  #state: number;

  constructor(seed: number | string) {
    this.#seed = String(seed);
    this.#state = createHash('sha256').update(this.#seed).digest().readUInt32BE(0);
  }

  /** Random numbers of their own for a purpose: what is drawn for one does not change what is drawn for another. */
  for(purpose: string): SeededRandom {
    return new SeededRandom(`${this.#seed}\n${purpose}`);
  }

  /** At least 0, less than 1. */
  next(): number {
    // Mulberry32: a few operations, and far better than is needed to choose a victim.
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Both bounds are drawn as well. */
  integer({ min, max }: Range): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error('there is nothing to pick from');
    return choices[Math.floor(this.next() * choices.length)]!;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.integer({ min: 0, max: last });
      [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
    }
    return shuffled;
  }
}

export interface Range {
  readonly min: number;
  readonly max: number;
}
