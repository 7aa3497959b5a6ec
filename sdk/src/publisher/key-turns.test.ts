import { describe, expect, it } from '@jest/globals';
import { KeyTurns } from './key-turns.ts';

describe('turns', () => {
  const behind = (cause: unknown): Error => new Error('behind', { cause });

  it('go one after another for a key, and side by side for others', async () => {
    const turns = new KeyTurns();
    const begun: string[] = [];
    const gates = new Map<string, PromiseWithResolvers<undefined>>();
    const work = (name: string) => async (): Promise<string> => {
      begun.push(name);
      const gate = Promise.withResolvers<undefined>();
      gates.set(name, gate);
      await gate.promise;
      return name;
    };
    const all = [
      turns.take('a', work('a1'), behind),
      turns.take('a', work('a2'), behind),
      turns.take('b', work('b1'), behind),
      turns.take(undefined, work('free'), behind),
    ];
    expect(begun).toEqual(['a1', 'b1', 'free']);
    gates.get('a1')!.resolve(undefined);
    expect(await all[0]).toBe('a1');
    await Promise.resolve();
    expect(begun).toEqual(['a1', 'b1', 'free', 'a2']);
    for (const name of ['a2', 'b1', 'free']) gates.get(name)!.resolve(undefined);
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'b1', 'free']);
  });

  it('end for those that wait behind one that fails, and begin anew after them', async () => {
    const turns = new KeyTurns();
    const fails = (): Promise<string> => Promise.reject(new Error('no'));
    const results = await Promise.allSettled([
      turns.take('a', fails, behind),
      turns.take('a', () => Promise.resolve('never'), behind),
      turns.take('a', () => Promise.resolve('never'), behind),
      turns.take('b', () => Promise.resolve('other'), behind),
    ]);
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)))).toEqual([
      'Error: no',
      'Error: behind',
      'Error: behind',
      'other',
    ]);
    expect(await turns.take('a', () => Promise.resolve('again'), behind)).toBe('again');
  });
});
