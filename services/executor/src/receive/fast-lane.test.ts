import { describe, expect, it } from '@jest/globals';
import { KeySequencer } from './fast-lane.ts';

/** Resolves when nothing is left to be done that waits for nothing outside. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('work of one key', () => {
  it('runs one after another, in the order given', async () => {
    const sequencer = new KeySequencer();
    const steps: string[] = [];
    const work = (name: string, turns: number) => async () => {
      steps.push(`${name} begins`);
      for (let turn = 0; turn < turns; turn++) await settle();
      steps.push(`${name} ends`);
      return name;
    };
    // The first takes longest: side by side it would end last.
    const results = [3, 2, 1].map((turns, index) => sequencer.run('12', work(String(index), turns)));
    expect(await Promise.all(results)).toEqual(['0', '1', '2']);
    expect(steps).toEqual(['0 begins', '0 ends', '1 begins', '1 ends', '2 begins', '2 ends']);
  });

  it('begins at once when there is nothing before it', () => {
    const sequencer = new KeySequencer();
    let begun = false;
    void sequencer.run('12', () => {
      begun = true;
      return Promise.resolve();
    });
    expect(begun).toBe(true);
  });

  it('has begun when the end of the work before it is told', async () => {
    const sequencer = new KeySequencer();
    const order: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const told = sequencer.run('12', () => first.promise).then(() => order.push('first told'));
    const second = sequencer.run('12', () => Promise.resolve(order.push('second begins')));
    first.resolve(undefined);
    await Promise.all([told, second]);
    expect(order).toEqual(['second begins', 'first told']);
  });

  it('goes on behind what fails, whose error only its own caller gets', async () => {
    const sequencer = new KeySequencer();
    const results = await Promise.allSettled([
      sequencer.run('12', () => Promise.resolve('first')),
      sequencer.run('12', () => Promise.reject(new Error('failed'))),
      sequencer.run('12', () => Promise.resolve('third')),
    ]);
    expect(results).toMatchObject([
      { status: 'fulfilled', value: 'first' },
      { status: 'rejected', reason: { message: 'failed' } },
      { status: 'fulfilled', value: 'third' },
    ]);
  });

  it('that is given by the work before it comes behind what was given earlier', async () => {
    const sequencer = new KeySequencer();
    const order: string[] = [];
    let inner: Promise<unknown> = Promise.resolve();
    const first = sequencer.run('12', async () => {
      await settle();
      inner = sequencer.run('12', () => Promise.resolve(order.push('inner')));
    });
    await Promise.all([first, sequencer.run('12', () => Promise.resolve(order.push('second')))]);
    await inner;
    expect(order).toEqual(['second', 'inner']);
  });
});

describe('work of different keys', () => {
  it('runs side by side', async () => {
    const sequencer = new KeySequencer();
    const slow = Promise.withResolvers<undefined>();
    const held = sequencer.run('slow', () => slow.promise);
    expect(await sequencer.run('quick', () => Promise.resolve('done'))).toBe('done');
    slow.resolve(undefined);
    await held;
  });

  it('leaves nothing behind when it is done, however it ended', async () => {
    const sequencer = new KeySequencer();
    const all = Array.from({ length: 100 }, (_, n) =>
      sequencer.run(`key ${n % 10}`, () => (n % 3 === 0 ? Promise.reject(new Error('failed')) : Promise.resolve())),
    );
    expect(sequencer.size).toBe(10);
    await Promise.allSettled(all);
    await settle();
    expect(sequencer.size).toBe(0);
  });
});
