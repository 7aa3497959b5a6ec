import { describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import fc from 'fast-check';
import { TransientMap, TransientSet } from './transient.ts';

/** Many changes of few keys: the map copies its entries often. */
const changes = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 200 })), { minLength: 1_000 });

describe('a transient map', () => {
  it('has what a Map has, in its order, whatever is set and deleted', () => {
    fc.assert(
      fc.property(changes, (all) => {
        const [map, expected] = [new TransientMap<number, number>(), new Map<number, number>()];
        for (const [place, [isSet, key]] of all.entries()) {
          if (isSet) expect(map.set(key, place)).toBe(map);
          else expect(map.delete(key)).toBe(expected.delete(key));
          if (isSet) expected.set(key, place);
          expect([map.size, map.has(key), map.get(key)]).toEqual([expected.size, expected.has(key), expected.get(key)]);
        }
        expect([...map]).toEqual([...expected]);
        expect([...map.values()]).toEqual([...expected.values()]);
      }),
      { numRuns: 20 },
    );
  });

  it('is empty after it was cleared', () => {
    const map = new TransientMap<number, number>().set(1, 2);
    map.clear();
    expect([map.size, [...map]]).toEqual([0, []]);
  });

  it('does not tell of entries that an iteration deletes before it comes to them', () => {
    const map = new TransientMap<number, number>();
    for (let key = 0; key < 1_000; key++) map.set(key, key);
    const told: number[] = [];
    for (const key of map.values()) {
      told.push(key);
      for (let next = key; next < key + 10; next++) map.delete(next);
    }
    expect(told).toEqual(Array.from({ length: 100 }, (_, tenth) => tenth * 10));
  });
});

describe('a transient set', () => {
  it('has each item once, in the order in which they came', () => {
    const set = new TransientSet<string>();
    expect(set.add('b').add('a').add('b')).toBe(set);
    expect([...set]).toEqual(['b', 'a']);
    expect(set.size).toBe(2);
    expect([set.delete('b'), set.delete('b'), [...set]]).toEqual([true, false, ['a']]);
  });

  it('keeps no deleted items alive through minor garbage collections, even when it was promoted itself', async () => {
    // As in an executor: 256 items at a time, each with enough other memory for frequent collections.
    const program = `
      import { TransientSet } from ${JSON.stringify(new URL('transient.ts', import.meta.url).href)};
      const [set, items] = [new TransientSet(), new Array(256)];
      for (let n = 0; n < 500_000; n++) {
        set.delete(items[n % 256]);
        set.add((items[n % 256] = { fields: new Array(20).fill(n), other: [new Array(100).fill(n)].length }));
        if (n === 1_000 || n === 2_000) gc();
      }`;
    const options = ['--expose-gc', '--trace-gc-nvp', '--input-type=module', '--eval', program];
    const { stdout } = await execa(process.execPath, options);
    const collections = [...stdout.matchAll(/gc=s .* allocated=(\d+) promoted=(\d+)/g)];
    const sum = (group: number): number => collections.reduce((bytes, found) => bytes + Number(found[group]), 0);
    expect(collections.length).toBeGreaterThan(20);
    // With a Set it is a seventh.
    expect(sum(2) / sum(1)).toBeLessThan(0.02);
  });
});
