import { describe, expect, it } from '@jest/globals';
import { boundsOf, isAnyTime, momentOfField, periodIn } from './period.ts';

describe('a period', () => {
  const now = new Date(2026, 2, 30, 10, 20);

  it.each([
    [{}, {}],
    [{ period: '1h' }, { period: '1h' }],
    [{ period: 'century' }, {}],
    [{ period: 'today', from: '2026-03-01T00:00:00Z' }, { period: 'today' }],
    [
      { from: '2026-03-01T01:00:00+01:00', to: 'soon' },
      { from: '2026-03-01T00:00:00.000Z', to: undefined },
    ],
  ])('reads %j from the address', (search, expected) => {
    expect(periodIn(search)).toEqual(expected);
  });

  it('that has a name ends now, or is a day of the viewer', () => {
    expect(boundsOf({ period: '15m' }, now)).toEqual({ from: new Date(2026, 2, 30, 10, 5).toISOString() });
    expect(boundsOf({ period: '7d' }, now)).toEqual({ from: new Date(now.getTime() - 604_800_000).toISOString() });
    const today = new Date(2026, 2, 30).toISOString();
    expect(boundsOf({ period: 'today' }, now)).toEqual({ from: today });
    expect(boundsOf({ period: 'yesterday' }, now)).toEqual({ from: new Date(2026, 2, 29).toISOString(), to: today });
  });

  it('between two moments is just that, and without either is any time', () => {
    expect(boundsOf({ from: '2026-03-01T00:00:00.000Z' }, now)).toEqual({ from: '2026-03-01T00:00:00.000Z' });
    expect(boundsOf({}, now)).toEqual({});
    expect([isAnyTime({}), isAnyTime({ to: '2026-03-01T00:00:00.000Z' }), isAnyTime({ period: '1h' })]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a field for a moment', () => {
  it('is read in the zone of the viewer, or is none', () => {
    expect(momentOfField('2026-03-01T09:15')).toBe(new Date(2026, 2, 1, 9, 15).toISOString());
    expect(['', 'soon', '12026-03-01T09:15', '1900-01-01T00:00'].map(momentOfField)).toEqual(Array(4).fill(undefined));
  });
});
