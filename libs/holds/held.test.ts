import { describe, expect, it } from '@jest/globals';
import type { Hold, HoldWindow } from '#contracts';
import { heldAt, nextChange, nextWindow } from './held.ts';

const sunday: HoldWindow = { days: ['sun'], from: '02:00', to: '04:00', timeZone: 'Europe/Berlin' };
const at = (text: string): number => Date.parse(text);
const ends = (windows: HoldWindow[], time: string, hold: Hold | null = null): string | null | undefined => {
  const held = heldAt({ hold, windows }, at(time));
  return held && (held.until === null ? null : new Date(held.until).toISOString());
};
const by = (until: string | null): Hold => ({ reason: 'upgrade', until, since: '2026-11-01T00:00:00Z', by: 'ann' });

describe('a window', () => {
  it.each([
    ['2026-11-29T00:59:59.999Z', undefined],
    ['2026-11-29T01:00:00.000Z', '2026-11-29T03:00:00.000Z'],
    ['2026-11-29T02:59:59.999Z', '2026-11-29T03:00:00.000Z'],
    ['2026-11-29T03:00:00.000Z', undefined],
    ['2026-11-28T01:30:00.000Z', undefined],
  ])('holds from its first moment until its last, by the clocks of its zone: %s', (time, until) => {
    expect(ends([sunday], time)).toBe(until);
  });

  it.each([
    // Clocks go from 02:00 to 03:00 on 2026-03-29: an hour of it is left.
    ['2026-03-29T00:59:59Z', undefined],
    ['2026-03-29T01:00:00Z', '2026-03-29T02:00:00.000Z'],
    ['2026-03-29T02:00:00Z', undefined],
    // They go back from 03:00 to 02:00 on 2026-10-25: it lasts three hours.
    ['2026-10-24T23:59:59Z', undefined],
    ['2026-10-25T00:00:00Z', '2026-10-25T03:00:00.000Z'],
    ['2026-10-25T02:59:59Z', '2026-10-25T03:00:00.000Z'],
    ['2026-10-25T03:00:00Z', undefined],
  ])('follows clocks that are changed while it lasts: %s', (time, until) => {
    expect(ends([sunday], time)).toBe(until);
  });

  it.each([
    ['02:15', '02:45', '2026-03-29T01:45:00.000Z'],
    ['02:00', '03:00', '2026-03-29T02:00:00.000Z'],
    ['02:30', '03:00', '2026-03-29T02:00:00.000Z'],
    ['02:30', '03:30', '2026-03-29T01:30:00.000Z'],
    ['02:30', '04:00', '2026-03-29T02:00:00.000Z'],
  ])(
    'that begins in an hour that clocks skip begins when they go on, and is not left out: %s to %s',
    (from, to, end) => {
      const window = { ...sunday, from, to };
      expect(ends([window], '2026-03-29T00:59:59.999Z')).toBeUndefined();
      expect(ends([window], '2026-03-29T01:00:00Z')).toBe(end);
      expect(ends([window], end)).toBeUndefined();
      expect(nextWindow([window], at('2026-03-29T00:00:00Z'))).toMatchObject({ from: at('2026-03-29T01:00:00Z') });
    },
  );

  it('that would begin at a midnight which clocks skip begins when they go on', () => {
    const window: HoldWindow = { days: ['sun'], from: '00:00', to: '02:00', timeZone: 'America/Santiago' };
    // From midnight, 04:00 UTC, clocks go to 01:00.
    expect(ends([window], '2026-09-06T03:59:59.999Z')).toBeUndefined();
    expect(ends([window], '2026-09-06T04:00:00Z')).toBe('2026-09-06T05:00:00.000Z');
  });

  it('that ends at a time which clocks show twice is held until the second', () => {
    const ending = { ...sunday, from: '01:30', to: '02:30' };
    expect(ends([ending], '2026-10-24T23:30:00Z')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('that ends before it begins goes on into the next day', () => {
    const night = { ...sunday, days: ['sat' as const], from: '23:00', to: '01:00' };
    expect(ends([night], '2026-11-28T22:30:00Z')).toBe('2026-11-29T00:00:00.000Z');
    expect(ends([night], '2026-11-29T22:30:00Z')).toBeUndefined();
  });

  it('may last until midnight, and the next one then continues it', () => {
    const evening = { ...sunday, days: ['sat' as const], from: '20:00', to: '24:00' };
    const morning = { ...sunday, from: '00:00', to: '04:00' };
    expect(ends([evening, morning], '2026-11-28T20:00:00Z')).toBe('2026-11-29T03:00:00.000Z');
  });

  it('that covers the whole week has no end', () => {
    const always: HoldWindow = {
      ...sunday,
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      from: '00:00',
      to: '24:00',
    };
    expect(ends([always], '2026-11-29T12:00:00Z')).toBeNull();
  });

  it('comes again next week', () => {
    expect(nextWindow([sunday], at('2026-11-29T01:00:00Z'))).toEqual({
      from: at('2026-12-06T01:00:00Z'),
      until: at('2026-12-06T03:00:00Z'),
      reason: null,
    });
    expect(nextWindow([], at('2026-11-29T01:00:00Z'))).toBeUndefined();
  });
});

describe('a hold', () => {
  it('lasts until its time, or until it is released', () => {
    expect(ends([], '2026-11-29T12:00:00Z', by('2026-11-29T13:00:00Z'))).toBe('2026-11-29T13:00:00.000Z');
    expect(ends([], '2026-11-29T13:00:00Z', by('2026-11-29T13:00:00Z'))).toBeUndefined();
    expect(ends([], '2026-11-29T13:00:00Z', by(null))).toBeNull();
  });

  it('holds at once, also by a clock that is behind the one that it began by', () => {
    expect(ends([], '2026-10-31T23:59:59.990Z', by(null))).toBeNull();
    expect(ends([], '2026-10-31T23:59:59.990Z', by('2026-11-29T13:00:00Z'))).toBe('2026-11-29T13:00:00.000Z');
  });

  it('may last for months', () => {
    expect(ends([sunday], '2026-11-30T12:00:00Z', by('2027-02-28T13:00:00Z'))).toBe('2027-02-28T13:00:00.000Z');
  });

  it('and a window that follows it are one', () => {
    expect(ends([sunday], '2026-11-29T00:30:00Z', by('2026-11-29T01:30:00Z'))).toBe('2026-11-29T03:00:00.000Z');
  });
});

describe('the next change', () => {
  it('is the next time at which something begins or ends', () => {
    const change = (hold: Hold | null, windows: HoldWindow[], time: string): string | undefined => {
      const next = nextChange({ hold, windows }, at(time));
      return next === undefined ? undefined : new Date(next).toISOString();
    };
    expect(change(null, [], '2026-11-29T00:00:00Z')).toBeUndefined();
    expect(change(by(null), [], '2026-11-29T00:00:00Z')).toBeUndefined();
    expect(change(null, [sunday], '2026-11-29T00:00:00Z')).toBe('2026-11-29T01:00:00.000Z');
    expect(change(null, [sunday], '2026-11-29T01:00:00Z')).toBe('2026-11-29T03:00:00.000Z');
    expect(change(by('2026-11-29T00:30:00Z'), [sunday], '2026-11-29T00:00:00Z')).toBe('2026-11-29T00:30:00.000Z');
  });
});
