import { describe, expect, it } from '@jest/globals';
import { failureFilterOf, failureFilters, isNarrowed } from './failure-filters.ts';

describe('the filters of failures', () => {
  it('are read from the address, without unknown values', () => {
    const search = { state: 'settled', reached: 'perhaps', handlerId: 'h', period: '1h', cursor: 'c', other: 'x' };
    const read = failureFilters(search);
    const given = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
    expect(given).toEqual({ state: 'settled', handlerId: 'h', period: '1h', cursor: 'c' });
    expect(failureFilters({ state: 'open' }).state).toBeUndefined();
  });

  it('narrow the list, except for the state', () => {
    expect(isNarrowed({ state: 'settled' })).toBe(false);
    expect(isNarrowed({ reached: 'maybe' })).toBe(true);
    expect(isNarrowed({ period: 'today' })).toBe(true);
  });

  it('become a filter of requests with moments, without state and cursor', () => {
    const filters = { state: 'settled', handlerId: 'h', objectId: '12', period: '1h', cursor: 'c' } as const;
    expect(failureFilterOf(filters, new Date('2026-03-01T10:00:00Z'))).toEqual({
      handlerId: 'h',
      objectId: '12',
      from: '2026-03-01T09:00:00.000Z',
    });
    expect(failureFilterOf({})).toEqual({});
    // Otherwise an action on a search would affect all failures.
    expect(failureFilterOf({ q: 'text' })).toEqual({ q: 'text' });
  });
});
