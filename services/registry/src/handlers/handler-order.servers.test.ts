import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';
import { orderFaults, reordered } from './handler-order.ts';

describe('reordered', () => {
  const handlers = [
    { id: 'a', priority: 1 },
    { id: 'b', priority: 1 },
    { id: 'c', priority: 9 },
  ];

  it('puts the named first and leaves the others in their order', () => {
    expect(reordered(['c'], handlers).map(({ handler, priority }) => [handler.id, priority])).toEqual([
      ['c', 1],
      ['a', 2],
      ['b', 3],
    ]);
  });

  it('names ids that are there twice or unknown', () => {
    expect(orderFaults(['a', 'x', 'a'], handlers)).toEqual([
      { field: 'ids.1', message: 'must be an enabled or disabled handler of this event' },
      { field: 'ids.2', message: 'is a duplicate' },
    ]);
  });
});

describe('PUT /handlers/order', () => {
  let registry: TestRegistry;
  let ids: Record<string, string>;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(async () => registry[Symbol.asyncDispose]());
  beforeEach(async () => {
    await registry.database.query('delete from handlers');
    ids = {};
    for (const name of ['a', 'b', 'c', 'gone']) {
      const task = { type: 'script', path: name };
      const status = name === 'gone' ? 'archived' : 'enabled';
      const { body } = await registry.call('POST', '/api/v1/handlers', {
        body: { name, event: 'clients.create', task, status },
      });
      ids[name] = body.id as string;
    }
  });

  const order = (names: string[], event = 'clients.create'): Promise<Answer> =>
    registry.call('PUT', '/api/v1/handlers/order', { body: { event, ids: names.map((name) => ids[name] ?? name) } });

  it('sets the priorities in one change', async () => {
    const before = (await registry.call('GET', '/api/v1/catalog')).body.revision as number;
    const answer = await order(['c', 'a']);
    const items = itemsOf(answer);
    expect(answer.status).toBe(200);
    expect(answer.body.revision).toBe(before + 1);
    expect(items.map(({ name, priority, version }) => [name, priority, version])).toEqual([
      ['c', 1, 2],
      ['a', 2, 2],
      ['b', 3, 2],
    ]);
    const listed = await registry.call('GET', '/api/v1/handlers');
    expect(itemsOf(listed)).toEqual(items);
  });

  it('that changes nothing is no change', async () => {
    const before = (await registry.call('GET', '/api/v1/catalog')).body.revision as number;
    expect((await order(['a', 'b'])).body.revision).toBe(before);
  });

  it('refuses what is no handler of the event, and changes nothing', async () => {
    const answer = await order(['c', 'gone', 'c', '00000000-0000-7000-8000-000000000000']);
    expect(answer.status).toBe(400);
    expect(errorFields(answer)).toEqual(['ids.1', 'ids.2', 'ids.3']);
    expect((await order(['a'], 'clients.update')).status).toBe(400);
    expect((await order([])).status).toBe(400);
    expect((await order(['x'])).body.errors[0].field).toBe('ids');
  });
});
