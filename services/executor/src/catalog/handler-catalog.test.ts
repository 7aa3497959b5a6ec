import { describe, expect, it } from '@jest/globals';
import { HandlerCatalog, type CatalogHandler } from './handler-catalog.ts';

function handler(id: string, event: string): CatalogHandler & { event: string } {
  const task = { type: 'http', url: 'http://127.0.0.1/', method: 'POST', headers: {} } as const;
  const retry = { maxAttempts: 1, waitsMs: [1_000] };
  return { id, event, name: id, task, onFailure: 'stop', timeoutMs: 1_000, maxConcurrency: 1, retry };
}

const ids = (plan: readonly CatalogHandler[]) => plan.map(({ id }) => id);

describe('a catalog', () => {
  const handlers = [
    handler('z', 'clients.create'),
    handler('b', 'clients.update'),
    handler('a', 'clients.create'),
    handler('m', 'clients.create'),
  ];
  const catalog = new HandlerCatalog(7, handlers);

  it('plans the handlers of an event type in the order given, and those of no other', () => {
    expect(catalog.revision).toBe(7);
    expect(ids(catalog.plan('clients.create'))).toEqual(['z', 'a', 'm']);
    expect(ids(catalog.plan('clients.update'))).toEqual(['b']);
  });

  it.each(['clients.delete', '', '__proto__', 'constructor'])('plans nothing for %j, which has no handlers', (type) => {
    expect(catalog.plan(type)).toEqual([]);
  });

  it('is not changed by what becomes of the list that it was made from', () => {
    handlers.length = 0;
    expect(ids(catalog.plan('clients.create'))).toEqual(['z', 'a', 'm']);
  });

  it('is empty at revision 0 before anything was loaded', () => {
    expect(HandlerCatalog.empty.revision).toBe(0);
    expect(HandlerCatalog.empty.plan('clients.create')).toEqual([]);
  });
});
