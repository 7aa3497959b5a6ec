import { describe, expect, it } from '@jest/globals';
import { barText } from './progress-bar.ts';

describe('a progress bar', () => {
  it.each([
    [0, 10, `work  ${'░'.repeat(30)} 0 %  0/10`],
    [5, 10, `work  ${'█'.repeat(15)}${'░'.repeat(15)} 50 %  5/10`],
    [999, 1_000, `work  ${'█'.repeat(30)} 99 %  999/1000`],
    [12, 10, `work  ${'█'.repeat(30)} 100 %  12/10`],
    [0, 0, `work  ${'█'.repeat(30)} 100 %  0/0`],
  ])('%d of %d', (done, total, expected) => {
    expect(barText('work', done, total, '')).toBe(expected);
  });

  it('shows a count while the total is unknown', () => {
    expect(barText('work', 3, null, '1 failed')).toBe('work  3 1 failed');
  });
});
