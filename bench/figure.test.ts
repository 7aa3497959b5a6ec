import { describe, expect, it } from '@jest/globals';
import { isMet, median, ratio, type Figure } from './figure.ts';
import { percentile } from './percentile.ts';

const figure: Figure = {
  name: 'speed',
  unit: 'events/s',
  ours: { name: 'ours', runs: [80, 60, 100] },
  reference: { name: 'reference', runs: [200, 100, 90] },
};

describe('median', () => {
  it('is the middle of the runs, whatever their order', () => expect(median([9, 1, 5])).toBe(5));
  it('is the mean of two middles', () => expect(median([4, 1, 2, 9])).toBe(3));
  it('does not sort what it is given', () => {
    const runs = [3, 1, 2];
    median(runs);
    expect(runs).toEqual([3, 1, 2]);
  });
});

describe('ratio', () => {
  it('is that of the medians', () => expect(ratio(figure)).toBe(0.8));
  it('is undefined without a reference', () => expect(ratio({ ours: figure.ours })).toBeUndefined());
});

describe('isMet', () => {
  it.each([
    [{ atLeast: 0.8 }, true],
    [{ atLeast: 0.81 }, false],
    [{ atMost: 0.8 }, true],
    [{ atMost: 0.79 }, false],
  ])('%j: %s', (target, met) => expect(isMet({ ...figure, target })).toBe(met));
  it('compares the median with a limit', () => {
    expect(isMet({ ...figure, limit: 80 })).toBe(true);
    expect(isMet({ ...figure, limit: 79 })).toBe(false);
  });
  it('is undefined where nothing is wanted', () => expect(isMet(figure)).toBeUndefined());
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  it.each([
    [50, 50],
    [95, 95],
    [99, 99],
    [99.9, 100],
    [100, 100],
    [0, 1],
  ])('%d: %d of 1 to 100', (percent, value) => expect(percentile(hundred, percent)).toBe(value));
  it('of one value is that value', () => expect(percentile([7], 99)).toBe(7));
  it('of nothing is no number', () => expect(percentile([], 50)).toBeNaN());
});
