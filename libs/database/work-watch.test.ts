import { describe, expect, it } from '@jest/globals';
import { WorkWatch } from './patience.ts';

describe('work', () => {
  it('that rests stands still for no time, however long ago the last was done', async () => {
    let now = 0;
    const watch = new WorkWatch('commit', () => now);
    await watch.during(() => Promise.resolve());
    now = 100_000;
    expect(watch.stalledMs).toBe(0);
    expect(() => watch.assertMoving(5_000)).not.toThrow();
  });

  it('is told with its oldest piece, and when the last was done', async () => {
    let now = 0;
    const watch = new WorkWatch('commit', () => now);
    const first = Promise.withResolvers<undefined>();
    const second = Promise.withResolvers<undefined>();
    const works = [watch.during(() => first.promise)];
    now = 4_000;
    works.push(watch.during(() => second.promise));
    now = 6_000;
    expect(watch.stalledMs).toBe(6_000);
    expect(() => watch.assertMoving(5_000)).toThrow('no commit for 6 s while work waits; there was none yet');
    first.resolve(undefined);
    await works[0];
    expect(watch.stalledMs).toBe(2_000);
    now = 10_000;
    expect(() => watch.assertMoving(5_000)).toThrow('no commit for 6 s while work waits; the last was 4 s ago');
    second.reject(new Error('refused'));
    await expect(works[1]).rejects.toThrow('refused');
    expect(watch.stalledMs).toBe(0);
  });
});
