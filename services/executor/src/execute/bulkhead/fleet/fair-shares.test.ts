import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fairShares, nextSlots, type Allotment } from './fair-shares.ts';

const claimants = (wanted: readonly number[]) =>
  wanted.map((each, index) => ({ executorId: String(index), wanted: each }));
const shared = (capacity: number, wanted: readonly number[], turn = 0) => [
  ...wanted.map((_, index) => fairShares(capacity, claimants(wanted), turn).get(String(index))!),
];

describe('the slots of a target', () => {
  it.each<[string, number, number[], number[]]>([
    ['all go to one who wants them', 10, [20], [10]],
    ['are no more than wanted', 10, [3], [3]],
    ['are shared evenly', 10, [20, 20], [5, 5]],
    ['go to those who want more than the others leave', 10, [1, 20, 20], [1, 4, 5]],
    ['are left where no executor wants them', 10, [2, 3, 1], [2, 3, 1]],
    ['are none where nothing is wanted', 10, [0, 20], [0, 10]],
    ['may be fewer than executors', 2, [5, 5, 5, 5], [0, 0, 1, 1]],
  ])('%s', (_, capacity, wanted, shares) => expect(shared(capacity, wanted)).toEqual(shares));

  it('that cannot be shared evenly go to everybody in turn', () => {
    const turns = [0, 1, 2, 3].map((turn) => shared(1, [5, 5, 5, 5], turn));
    const sums = [0, 1, 2, 3].map((index) => turns.reduce((sum, shares) => sum + shares[index]!, 0));
    expect(sums).toEqual([1, 1, 1, 1]);
  });

  it('are never too many, are all used where they are wanted, and no share could be larger without a smaller one', () => {
    const wanted = fc.array(fc.nat(30), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.nat(60), wanted, fc.nat(100), (capacity, each, turn) => {
        const shares = shared(capacity, each, turn);
        const sum = shares.reduce((one, other) => one + other, 0);
        expect(sum).toBe(
          Math.min(
            capacity,
            each.reduce((one, other) => one + other, 0),
          ),
        );
        const short = shares.filter((share, index) => share < each[index]!);
        if (short.length > 0) expect(Math.max(...shares) - Math.min(...short)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the next slots of an executor', () => {
  const other = (executorId: string, slots: number, wanted: number): Allotment => ({ executorId, slots, wanted });
  const next = (inFlight: number, wanted: number, others: Allotment[], capacity = 10) =>
    nextSlots(capacity, { executorId: 'me', inFlight, wanted }, others, 0);

  it.each<[string, number, number, Allotment[], number, number?]>([
    ['are what it wants when no other executor calls', 0, 4, [], 4],
    ['are not more than there are', 0, 40, [], 10],
    ['are what others have left, even where its share is larger', 0, 10, [other('a', 8, 10)], 2],
    ['are none while others have all', 0, 10, [other('a', 10, 10)], 0],
    ['are given back down to its share when another wants some', 2, 10, [other('a', 0, 10)], 5],
    ['are held as long as calls are in flight, and no more is begun', 9, 10, [other('a', 1, 10)], 5, 9],
    ['are its share when the others have given back', 5, 10, [other('a', 5, 10)], 5],
  ])('%s', (_, inFlight, wanted, others, most, held = most) => {
    expect(next(inFlight, wanted, others)).toEqual({ most, held });
  });

  it('come to fair shares, and never to more than there are, whoever looks in whatever order', () => {
    const step = fc.record({ who: fc.nat(4), inFlight: fc.nat(10), wanted: fc.nat(30) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(step, { maxLength: 40 }), (capacity, steps) => {
        const held = new Map<string, Allotment>();
        const look = (executorId: string, inFlight: number, wanted: number): void => {
          const mine = held.get(executorId)?.slots ?? 0;
          const busy = Math.min(inFlight, mine);
          const others = [...held.values()].filter((each) => each.executorId !== executorId);
          const part = { executorId, inFlight: busy, wanted: Math.max(wanted, busy) };
          held.set(executorId, { ...part, slots: nextSlots(capacity, part, others, 0).held });
          const sum = [...held.values()].reduce((all, { slots }) => all + slots, 0);
          expect(sum).toBeLessThanOrEqual(capacity);
        };
        for (const { who, inFlight, wanted } of steps) look(String(who), inFlight, wanted);
        // Nothing in flight any more: two rounds later everybody has its share.
        for (let round = 0; round < 2; round++) {
          for (const { executorId, wanted } of [...held.values()]) look(executorId, 0, wanted);
        }
        const shares = fairShares(capacity, [...held.values()], 0);
        for (const { executorId, slots } of held.values()) expect(slots).toBe(shares.get(executorId));
      }),
    );
  });
});
