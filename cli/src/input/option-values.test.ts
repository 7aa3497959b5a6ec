import { describe, expect, it } from '@jest/globals';
import { dateTime, moment } from './option-values.ts';

const now = Date.UTC(2026, 2, 1, 9, 15);

describe('a moment on the command line', () => {
  it.each([
    ['2026-03-01T10:15:00+01:00', '2026-03-01T09:15:00.000Z'],
    ['2026-03-01 09:15:00.25z', '2026-03-01T09:15:00.250Z'],
    ['15m', '2026-03-01T09:00:00.000Z'],
    ['2h', '2026-03-01T07:15:00.000Z'],
    ['20000d', '1971-05-29T09:15:00.000Z'],
  ])('is RFC 3339, or how long ago: %s', (text, iso) => {
    expect(moment(text, now)).toBe(iso);
  });

  it.each([
    ['2026-02-30', /date and time with an offset/],
    ['2026-02-30T00:00:00Z', /2026-02-30 does not/],
    ['2026-03-01T24:00:00Z', /hour from 00 to 23/],
    ['2026-03-01T09:15:00', /offset/],
    ['yesterday', /like 2026-03-01/],
    ['999999d', /before 1970/],
    ['', /like 2026-03-01/],
  ])('is nothing else: %s', (text, words) => {
    expect(() => moment(text, now)).toThrow(words);
  });

  it('is handed on as it was written where it belongs to an event', () => {
    expect(dateTime('2026-03-01 09:15:00.123456789-00:00')).toBe('2026-03-01 09:15:00.123456789-00:00');
    expect(() => dateTime('2026-02-30T00:00:00Z')).toThrow(/2026-02-30/);
  });
});
