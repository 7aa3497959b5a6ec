import { describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { corrected, DatabaseClock, type DatabaseClockOptions } from './clock.ts';

const noon = Date.parse('2026-03-01T12:00:00Z');

/** A database whose clock stands at a time of the monotonic clock plus an offset, and answers after a while. */
class Bench {
  monotonic = 1_000;
  offset = noon;
  system = 0;
  travelMs = 10;
  readonly told: [number, boolean][] = [];

  readonly clock = new DatabaseClock({
    pool: this.#pool(),
    systemNow: () => this.monotonic + this.system,
    monotonicNow: () => this.monotonic,
  });

  #pool(): DatabaseClockOptions['pool'] {
    const query = () => {
      this.monotonic += this.travelMs;
      const time = this.monotonic + this.offset;
      this.monotonic += this.travelMs;
      return Promise.resolve({ rows: [{ time }] });
    };
    return { connect: () => Promise.resolve({ query, release: () => undefined }) } as unknown as pg.Pool;
  }
}

describe("the database's clock in a process", () => {
  it('has no time before the database was asked', () => {
    const { clock } = new Bench();
    expect(() => clock.now()).toThrow('has not been asked');
    expect(clock.skewMs).toBeUndefined();
  });

  it('is what the database said, with the round trip halved, and goes on by a clock that nobody sets', async () => {
    const bench = new Bench();
    await bench.clock.measure();
    expect(bench.clock.now()).toBe(bench.monotonic + noon);
    bench.system = 90 * 86_400_000;
    bench.monotonic += 5_000;
    expect(bench.clock.now()).toBe(bench.monotonic + noon);
    expect(bench.clock.date()).toEqual(new Date(bench.monotonic + noon));
  });

  it('knows how far the clock of the machine is ahead or behind, and tells it from one second on, once', async () => {
    const bench = new Bench();
    await bench.clock.measure();
    bench.system = noon;
    bench.clock.start({ onSkew: (...told) => bench.told.push(told), onFailure: () => undefined });
    for (const [ahead, notable] of [
      [999, undefined],
      [-300_000, true],
      [-300_000, undefined],
      [20, false],
    ] as const) {
      bench.system = noon + ahead;
      await bench.clock.measure();
      expect(bench.clock.skewMs).toBe(ahead);
      expect(bench.told.splice(0)).toEqual(notable === undefined ? [] : [[ahead, notable]]);
    }
    bench.clock.stop();
  });

  it('follows the database when its clock is set', async () => {
    const bench = new Bench();
    await bench.clock.measure();
    for (const step of [-3_600_000, 7_200_000]) {
      bench.offset += step;
      await bench.clock.measure();
      expect(Math.abs(bench.clock.now() - (bench.monotonic + bench.offset))).toBeLessThanOrEqual(bench.travelMs);
    }
  });

  it('does not go back for a small correction', async () => {
    const bench = new Bench();
    await bench.clock.measure();
    const before = bench.clock.now();
    bench.offset -= 500;
    await bench.clock.measure();
    expect(bench.clock.now()).toBe(before);
    bench.monotonic += 1_000;
    expect(bench.clock.now()).toBeGreaterThan(before);
  });

  it('is not made worse by a slow answer', () => {
    const offset = corrected(undefined, noon, 0, 20);
    expect(offset).toBe(noon - 10);
    expect(corrected(offset, noon + 1_900, 100, 2_100)).toBe(offset);
    expect(corrected(offset, noon + 100, 100, 102)).toBe(noon - 2);
  });
});
