import { describe, expect, it } from '@jest/globals';
import { readArguments } from './arguments.ts';
import { UsageError } from './bench-error.ts';

describe('the arguments of the benchmarks', () => {
  it('mean all of them, without any', () => {
    const { names, quick, record, rows } = readArguments([]);
    expect(names).toEqual(expect.arrayContaining(['fast-lane', 'journal', 'peers']));
    expect({ quick, record, rows }).toEqual({ quick: false, record: false, rows: undefined });
  });

  it('mean those that the guard watches, with --quick alone', () => {
    const { names } = readArguments(['--quick']);
    expect(names).toContain('fast-lane');
    expect(names).not.toContain('memory');
  });

  it('name benches, and how many rows', () => {
    expect(readArguments(['--rows', '50000', 'journal'])).toMatchObject({ names: ['journal'], rows: 50_000 });
  });

  it.each([
    [['speed'], /there is no bench speed/],
    [['--record'], /give --quick too/],
    [['--rows', 'many'], /--rows should be a whole number/],
    [['--rows', '10'], /--rows should be a whole number from 1000/],
    [['--fast'], /--fast/],
  ])('%j are wrong', (args, message) => {
    expect(() => readArguments(args)).toThrow(UsageError);
    expect(() => readArguments(args)).toThrow(message);
  });
});
