import { describe, expect, it } from '@jest/globals';
import { folded, piecesOf } from './folded-text.ts';

describe('a long text', () => {
  it('is not folded while it is short', () => {
    expect(folded('one\ntwo')).toEqual({ shown: 'one\ntwo', isFolded: false, lines: 2 });
    expect(folded('')).toEqual({ shown: '', isFolded: false, lines: 1 });
  });

  it('is folded after many lines, and within a line that has no end', () => {
    const many = folded('line\n'.repeat(1_000));
    expect(many).toMatchObject({ isFolded: true, lines: 1_001 });
    expect(many.shown.split('\n')).toHaveLength(120);
    expect(folded('x'.repeat(300_000))).toMatchObject({ shown: 'x'.repeat(12_000), isFolded: true, lines: 1 });
  });

  it('is cut into pieces that add up to the text', () => {
    const lines = Array.from({ length: 450 }, (_, n) => `line ${String(n)}`);
    expect(piecesOf(lines.join('\n')).map((piece) => piece.split('\n').length)).toEqual([200, 200, 50]);
    expect(piecesOf(lines.join('\n')).join('\n')).toBe(lines.join('\n'));
    expect(piecesOf('x'.repeat(45_000)).map(({ length }) => length)).toEqual([20_000, 20_000, 5_000]);
    expect(piecesOf('')).toEqual(['']);
  });
});
