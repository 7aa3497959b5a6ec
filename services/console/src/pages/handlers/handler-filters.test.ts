import { describe, expect, it } from '@jest/globals';
import { areAnOrder, sortOf } from './handler-filters.ts';

describe('handlers that can be put into another order', () => {
  it('are all of one event, by their priority', () => {
    expect(areAnOrder({ event: 'clients.create' })).toBe(true);
    expect(areAnOrder({ event: 'clients.create', sort: 'priority', page: 2 })).toBe(true);
  });

  it.each([
    {},
    { type: 'http' },
    { status: 'enabled' },
    { q: 'crm' },
    { sort: '-priority' },
    { sort: 'name' },
  ] as const)('are not those of several events, a part of them, or in another order: %j', (filters) => {
    const event = Object.keys(filters).length === 0 ? undefined : 'clients.create';
    expect(areAnOrder({ event, ...filters })).toBe(false);
  });
});

describe('the order of the list', () => {
  it('is by event, and of one event by priority', () => {
    expect(sortOf({})).toBe('event');
    expect(sortOf({ event: 'clients.create' })).toBe('priority');
    expect(sortOf({ sort: '-name' })).toBe('-name');
  });

  it('is never by priorities of several events', () => {
    expect(sortOf({ sort: 'priority' })).toBe('event');
    expect(sortOf({ event: 'clients.create', sort: '-priority' })).toBe('-priority');
  });
});
