import { describe, expect, it } from '@jest/globals';
import { retryAfterMs, statusOutcome } from './http-status.ts';

const now = Date.UTC(2026, 2, 1, 9, 15);
const hour = 3_600_000;

describe('how long a target asks to be left alone', () => {
  it.each([
    ['0', 0],
    ['17', 17_000],
    [' 17 ', 17_000],
    ['3600', hour],
    ['Sun, 01 Mar 2026 09:15:30 GMT', 30_000],
    ['Sunday, 01-Mar-26 09:15:30 GMT', 30_000],
    ['Sun Mar  1 09:15:30 2026', 30_000],
  ])('is read from %j', (value, milliseconds) => {
    expect(retryAfterMs(value, now)).toBe(milliseconds);
  });

  it.each(['3601', '9'.repeat(400), 'Mon, 02 Mar 2026 09:15:30 GMT'])('is never more than an hour: %s', (value) => {
    expect(retryAfterMs(value, now)).toBe(hour);
  });

  it('is nothing when the time has passed', () => {
    expect(retryAfterMs('Sun, 01 Mar 2026 09:14:00 GMT', now)).toBe(0);
  });

  it.each([undefined, '', 'soon', '-5', '1.5', '1e3', '12 parsecs', '2026-03-01', 'Sun, 99 Mar 2026 09:15:30 GMT'])(
    'is not known from %j',
    (value) => {
      expect(retryAfterMs(value, now)).toBeUndefined();
    },
  );

  it('is part of an outcome that is tried again, and of no other', () => {
    expect(statusOutcome(503, '17')).toMatchObject({ kind: 'retryable', retryAfterMs: 17_000 });
    expect(statusOutcome(429, ['17', '18'])).toMatchObject({ kind: 'retryable', retryAfterMs: 17_000 });
    for (const outcome of [statusOutcome(400, '17'), statusOutcome(301, '17'), statusOutcome(204, '17')]) {
      expect(outcome).not.toHaveProperty('retryAfterMs');
    }
    expect(statusOutcome(503, undefined)).not.toHaveProperty('retryAfterMs');
  });
});
