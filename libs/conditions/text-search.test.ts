import { describe, expect, it } from '@jest/globals';
import { textSearch } from './text-search.ts';

describe('a search in a text', () => {
  it('finds what JavaScript finds, however it searches', () => {
    const letters = ['a', 'b', 'aa', 'ab'];
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const text = (parts: number) => Array.from({ length: parts }, () => letters[random(letters.length)]!).join('');
    for (let turn = 0; turn < 2_000; turn++) {
      // The longer ones are searched by our own way.
      const searched = text(random(60));
      const wanted = text(random(turn % 2 === 0 ? 5 : 30));
      const from = random(searched.length + 1);
      const found = [
        textSearch(searched, wanted, 'forward').run(from),
        textSearch(searched, wanted, 'backward').run(from),
      ];
      const expected = [searched.indexOf(wanted, from), searched.lastIndexOf(wanted, from)];
      if (wanted.length <= searched.length)
        expect([searched, wanted, from, found]).toEqual([searched, wanted, from, expected]);
      else expect(found).toEqual([-1, -1]);
    }
  });

  it('has a price of the sum of the lengths, not of their product', () => {
    const text = 'a'.repeat(400_000);
    const wanted = `${'a'.repeat(100_000)}b${'a'.repeat(100_000)}`;
    for (const direction of ['forward', 'backward'] as const) {
      const search = textSearch(text, wanted, direction);
      expect(search.steps).toBeLessThanOrEqual(150_001);
      expect(search.run(direction === 'forward' ? 0 : text.length)).toBe(-1);
    }
    expect(textSearch(text, '@example.com', 'forward').steps).toBeLessThan(100_000);
  });
});
