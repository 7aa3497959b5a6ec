import { describe, expect, it } from '@jest/globals';
import type { HoldWindow } from '#contracts';
import { HandlerCatalog, type CatalogHandler, type PlannedHandler } from './handler-catalog.ts';

const noon = '2026-01-01T12:00:00.000000Z';

function handler(
  id: string,
  event: string,
  place: Partial<Pick<PlannedHandler, 'priority' | 'createdAt'>> = {},
): PlannedHandler {
  const task = { type: 'http', url: 'http://127.0.0.1/', method: 'POST', headers: {} } as const;
  const retry = { maxAttempts: 1, waitsMs: [1_000] };
  const rest = {
    name: id,
    task,
    onFailure: 'stop',
    timeoutMs: 1_000,
    maxConcurrency: 1,
    format: 'native',
    hold: null,
    windows: [] as HoldWindow[],
    releasePerSecond: 250,
    retry,
  } as const;
  return { id, event, priority: 1, createdAt: noon, ...place, ...rest };
}

const ids = (plan: readonly CatalogHandler[]) => plan.map(({ id }) => id);

describe('a catalog', () => {
  const handlers = [
    handler('a', 'clients.create', { priority: 2 }),
    handler('b', 'clients.update'),
    handler('z', 'clients.create', { createdAt: '2026-01-01T11:59:59.999999Z' }),
    handler('m', 'clients.create'),
    handler('c', 'clients.create', { createdAt: '2026-01-01T12:00:00.000001Z' }),
    handler('k', 'clients.create'),
  ];
  const catalog = HandlerCatalog.empty.with(7, handlers);

  it('plans the handlers of an event type by priority, then age, then id, and those of no other', () => {
    expect(catalog.revision).toBe(7);
    expect(ids(catalog.plan('clients.create'))).toEqual(['z', 'k', 'm', 'c', 'a']);
    expect(ids(catalog.plan('clients.update'))).toEqual(['b']);
  });

  it.each(['clients.delete', '', '__proto__', 'constructor'])('plans nothing for %j, which has no handlers', (type) => {
    expect(catalog.plan(type)).toEqual([]);
  });

  it('is not changed by what becomes of the list that it was made from', () => {
    handlers.length = 0;
    expect(ids(catalog.plan('clients.create'))).toEqual(['z', 'k', 'm', 'c', 'a']);
  });

  it('is empty at revision 0 before anything was loaded', () => {
    expect(HandlerCatalog.empty.revision).toBe(0);
    expect(HandlerCatalog.empty.plan('clients.create')).toEqual([]);
  });

  describe('of a later revision', () => {
    it('has a changed handler in its new place, and leaves the older catalog as it was', () => {
      const later = catalog.with(8, [handler('z', 'clients.create', { priority: 9 })]);
      expect(later.revision).toBe(8);
      expect(ids(later.plan('clients.create'))).toEqual(['k', 'm', 'c', 'a', 'z']);
      expect(ids(catalog.plan('clients.create'))).toEqual(['z', 'k', 'm', 'c', 'a']);
    });

    it('has a handler that went to another event type in the plan of that type only', () => {
      const later = catalog.with(8, [handler('m', 'clients.update', { priority: 3 })]);
      expect(ids(later.plan('clients.create'))).toEqual(['z', 'k', 'c', 'a']);
      expect(ids(later.plan('clients.update'))).toEqual(['b', 'm']);
    });

    it('has no handler that is gone, and no plan of an event type that has none left', () => {
      const later = catalog.with(8, [], [], ['b', 'k', 'was never enabled']);
      expect(ids(later.plan('clients.create'))).toEqual(['z', 'm', 'c', 'a']);
      expect(later.plan('clients.update')).toEqual([]);
      expect(later.handler('b')).toBeUndefined();
    });

    it('knows the disabled handlers of an event type in order, until they are enabled, archived or moved', () => {
      const places = [handler('q', 'clients.create', { priority: 9 }), handler('k', 'clients.create')];
      const disabling = catalog.with(8, [], places);
      expect(disabling.disabled('clients.create')).toEqual(['k', 'q']);
      expect(disabling.disabled('clients.update')).toEqual([]);
      expect(ids(disabling.plan('clients.create'))).not.toContain('k');
      const enabling = disabling.with(9, [handler('k', 'clients.create')], [handler('q', 'clients.update')]);
      expect(enabling.disabled('clients.create')).toEqual([]);
      expect(enabling.disabled('clients.update')).toEqual(['q']);
      expect(enabling.with(10, [], [], ['q']).disabled('clients.update')).toEqual([]);
    });

    it('names at most a hundred disabled handlers of an event type', () => {
      const many = Array.from({ length: 150 }, (_, n) => handler(`d${String(n)}`, 'clients.delete'));
      expect(catalog.with(8, [], many).disabled('clients.delete')).toHaveLength(100);
    });

    it('shares the plans that it does not touch', () => {
      const later = catalog.with(8, [handler('new', 'clients.update')]);
      expect(later.plan('clients.create')).toBe(catalog.plan('clients.create'));
      expect(later.handler('new')).toMatchObject({ id: 'new' });
    });
  });
});
