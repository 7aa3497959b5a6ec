import { expect, test } from '@jest/globals';
import { SeededRandom } from './random.ts';

const draw = (random: SeededRandom) => Array.from({ length: 20 }, () => random.next());

test('the same seed draws the same, another one something else', () => {
  expect(draw(new SeededRandom(7))).toEqual(draw(new SeededRandom(7)));
  expect(draw(new SeededRandom(7))).not.toEqual(draw(new SeededRandom(8)));
});

test('what is drawn for one purpose does not change what is drawn for another', () => {
  const one = new SeededRandom(7);
  const other = new SeededRandom(7);
  draw(one.for('faults'));
  expect(draw(one.for('load'))).toEqual(draw(other.for('load')));
});

test('every number of a range is drawn, and none outside', () => {
  const random = new SeededRandom(7);
  const drawn = new Set(Array.from({ length: 500 }, () => random.integer({ min: 3, max: 6 })));
  expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
});

test('shuffling keeps every item', () => {
  const items = ['a', 'b', 'c', 'd', 'e', 'f'];
  const shuffled = new SeededRandom(7).shuffle(items);
  expect(shuffled).not.toEqual(items);
  expect(shuffled.toSorted()).toEqual(items);
});
