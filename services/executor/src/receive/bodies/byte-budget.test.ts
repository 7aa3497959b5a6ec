import { describe, expect, it } from '@jest/globals';
import { ByteBudget } from './byte-budget.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a byte budget', () => {
  it('hands out what there is, and takes it back once', () => {
    const budget = new ByteBudget(10);
    const giveBack = budget.tryTake(6)!;
    expect(budget.tryTake(5)).toBeUndefined();
    giveBack();
    giveBack();
    expect(budget.left).toBe(10);
  });

  it('lets those who wait have some in the order of asking, and nobody before them', async () => {
    const budget = new ByteBudget(10);
    const first = budget.tryTake(8)!;
    const entered: string[] = [];
    const take = async (name: string, bytes: number) => {
      const giveBack = await budget.take(bytes);
      entered.push(name);
      return giveBack;
    };
    const large = take('large', 9);
    const small = take('small', 1);
    // It would fit; but then a large one could wait for ever.
    expect(budget.tryTake(1)).toBeUndefined();
    await settle();
    expect(entered).toEqual([]);
    first();
    await Promise.all([large, small]);
    expect(entered).toEqual(['large', 'small']);
    expect(budget.left).toBe(0);
    (await large)();
    (await small)();
    expect(budget.left).toBe(10);
  });

  it('gives all that there is to one who asks for more', async () => {
    const budget = new ByteBudget(10);
    const giveBack = await budget.take(1_000);
    expect(budget.left).toBe(0);
    giveBack();
    expect(budget.left).toBe(10);
    expect(budget.tryTake(1_000)).toBeDefined();
  });
});
