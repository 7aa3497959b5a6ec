import { describe, expect, it } from '@jest/globals';
import { retryAfterMs, statusOutcome, timeOfReply } from './http-message.ts';

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
    ['Sun, 01 mar 2026 09:15:30 gmt', 30_000],
    ['Sun, 1 Mar 2026 09:15:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 09:15:60 GMT', 60_000],
    ['0000017', 17_000],
  ])('is read from %j', (value, milliseconds) => {
    expect(retryAfterMs(value, now)).toBe(milliseconds);
  });

  it.each(['3601', '9'.repeat(400), 'Mon, 02 Mar 2026 09:15:30 GMT'])('is never more than an hour: %s', (value) => {
    expect(retryAfterMs(value, now)).toBe(hour);
  });

  it.each(['Sun, 01 Mar 2026 09:14:00 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'is nothing when the time has passed: %s',
    (value) => {
      expect(retryAfterMs(value, now)).toBe(0);
    },
  );

  it.each([
    '',
    'soon',
    '-5',
    '+5',
    '1.5',
    '1,5',
    '1e3',
    '0x10',
    '12 parsecs',
    '17, 18',
    '2026-03-01',
    '2026-03-01T09:15:30Z',
    'Sun, 99 Mar 2026 09:15:30 GMT',
    'Mon, 30 Feb 2026 09:15:30 GMT',
    'Sun, 00 Mar 2026 09:15:30 GMT',
    'Sun, 01 Foo 2026 09:15:30 GMT',
    'Sun, 01 Mar 2026 25:15:30 GMT',
    'Sun, 01 Mar 2026 09:15:30 +0100',
    'Sun, 01 Mar 2026 09:15:30 EST',
    'Sun, 01 Mar 2026 09:15:30',
  ])('is not known from %j', (value) => {
    expect(retryAfterMs(value, now)).toBeUndefined();
  });

  it('is part of an outcome that is tried again, and of no other', () => {
    expect(statusOutcome(503, '17', now)).toMatchObject({ kind: 'retryable', retryAfterMs: 17_000 });
    expect(statusOutcome(429, ['17', '18'], now)).toMatchObject({ kind: 'retryable', retryAfterMs: 17_000 });
    for (const outcome of [
      statusOutcome(400, '17', now),
      statusOutcome(301, '17', now),
      statusOutcome(204, '17', now),
    ]) {
      expect(outcome).not.toHaveProperty('retryAfterMs');
    }
    expect(statusOutcome(503, undefined, now)).not.toHaveProperty('retryAfterMs');
    expect(statusOutcome(503, 'soon', now)).not.toHaveProperty('retryAfterMs');
    expect(statusOutcome(503, ['soon', '17', '18'], now)).toMatchObject({ retryAfterMs: 17_000 });
    expect(statusOutcome(503, 'Sun, 01 Mar 2026 09:15:30 GMT', now)).toMatchObject({ retryAfterMs: 30_000 });
  });
});

describe('the time of a reply', () => {
  it('is that of the target, whose dates are by its own clock, and ours where it gives none', () => {
    expect(timeOfReply('Sun, 01 Mar 2026 11:15:00 GMT', now)).toBe(now + 2 * hour);
    for (const none of [undefined, '', 'now']) expect(timeOfReply(none, now)).toBe(now);
  });
});

describe('a status that is none', () => {
  it.each([600, 799, 999])('%d is taken for a fault of the target that may pass', (status) => {
    expect(statusOutcome(status, '17', now)).toEqual({
      kind: 'retryable',
      reason: 'bad_response',
      message: expect.stringContaining(String(status)),
      retryAfterMs: 17_000,
    });
  });
});
