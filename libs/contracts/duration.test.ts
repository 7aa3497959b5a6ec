import { describe, expect, it } from '@jest/globals';
import { parseDuration, writeDuration } from './duration.ts';

describe('a written duration', () => {
  it.each([
    ['500ms', 500],
    ['5s', 5_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['90d', 7_776_000_000],
    ['0s', 0],
    ['007s', 7_000],
  ])('%s is %d milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each([
    '',
    '5',
    's',
    '5 s',
    ' 5s',
    '5s ',
    '5s\n',
    '-5s',
    '+5s',
    '1.5h',
    '1h30m',
    '5S',
    '5w',
    '1e3s',
    '٣s',
    '1234567890s',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each(['0ms', '500ms', '1500ms', '5s', '90s', '30m', '25h', '90d'])('%s is written as it was read', (text) => {
    expect(writeDuration(parseDuration(text)!)).toBe(text);
  });

  it('is written in the largest unit that leaves no rest', () => {
    expect(['60s', '24h', '1000ms', '0s'].map((text) => writeDuration(parseDuration(text)!))).toEqual([
      '1m',
      '1d',
      '1s',
      '0ms',
    ]);
  });
});
