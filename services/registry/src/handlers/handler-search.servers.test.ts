import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';
import { escapeLike } from './handler-search.ts';
import { sortOrder } from './handler-sort.ts';

const http = { type: 'http', url: 'http://crm.example:8080/api' };
const script = { type: 'script', path: 'vcs/pbx.py' };

const handlers = [
  { name: 'beta', event: 'clients.create', task: http, priority: 2 },
  { name: 'alpha', event: 'clients.create', task: script, priority: 2, description: '100% sure_thing' },
  { name: 'gamma', event: 'clients.update', task: script, priority: 1, status: 'disabled' },
  { name: 'delta', event: 'clients.update', task: http, priority: 3, status: 'archived' },
];

describe('GET /handlers', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
    for (const body of handlers) await registry.call('POST', '/api/v1/handlers', { body });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  const search = (query: string): Promise<Answer> => registry.call('GET', `/api/v1/handlers?${query}`);
  const names = async (query: string): Promise<string[]> =>
    itemsOf<{ name: string }>(await search(query)).map(({ name }) => name);

  it.each([
    ['', ['gamma', 'alpha', 'beta']],
    ['status=', ['gamma', 'alpha', 'beta']],
    ['status=&event=&type=&q=&sort=&page=&limit=', ['gamma', 'alpha', 'beta']],
    ['status=enabled', ['alpha', 'beta']],
    ['status=archived', ['delta']],
    ['status=disabled,archived', ['gamma', 'delta']],
    ['event=clients.create', ['alpha', 'beta']],
    ['type=http', ['beta']],
    ['type=script&event=clients.update', ['gamma']],
    ['q=ALPH', ['alpha']],
    ['q=crm.example', ['beta']],
    ['q=pbx', ['gamma', 'alpha']],
    ['q=100%25', ['alpha']],
    ['q=sure_', ['alpha']],
    ['q=e_th', ['alpha']],
    ['q=%25', ['alpha']],
    ['q=%5C', []],
    ['q=%27%3B%20drop%20table%20handlers%20--', []],
    ['sort=-name', ['gamma', 'beta', 'alpha']],
    ['sort=-priority,-name', ['beta', 'alpha', 'gamma']],
    ['sort=createdAt', ['beta', 'alpha', 'gamma']],
    ['limit=2', ['gamma', 'alpha']],
    ['limit=2&page=2', ['beta']],
    ['limit=500&page=1000000', []],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('says how many there are in all', async () => {
    const { items, ...page } = (await search('limit=1&page=2')).body;
    expect(items).toHaveLength(1);
    expect(page).toEqual({ total: 3, page: 2, limit: 1 });
  });

  it.each([
    ['status=running', 'status'],
    ['status=enabled,', 'status'],
    ['type=smtp', 'type'],
    ['event=clients', 'event'],
    ['sort=color', 'sort'],
    ['sort=--name', 'sort'],
    ['page=0', 'page'],
    ['page=-1', 'page'],
    ['page=1.5', 'page'],
    ['page=1e3', 'page'],
    ['page=99999999999999999999', 'page'],
    ['limit=501', 'limit'],
    ['limit=many', 'limit'],
    ['color=red', 'color'],
    ['q=%00', 'q'],
    [`q=${'x'.repeat(256)}`, 'q'],
    ['type=http&type=script', 'type'],
    ['type[]=http', 'type[]'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
  ])('refuses %s', async (query, field) => {
    const answer = await search(query);
    expect(answer.status).toBe(400);
    expect(errorFields(answer)).toEqual([field]);
  });
});

describe('the order of a search', () => {
  it('always ends in the order of creation', () => {
    expect(sortOrder(['priority', '-name'])).toEqual([
      ['priority', 'ASC'],
      ['name', 'DESC'],
      ['createdAt', 'ASC'],
      ['id', 'ASC'],
    ]);
    expect(sortOrder(['-createdAt'])).toEqual([
      ['createdAt', 'DESC'],
      ['id', 'ASC'],
    ]);
  });
});

describe('escapeLike', () => {
  it('leaves no wildcard', () => {
    expect(escapeLike(String.raw`50%_\x`)).toBe(String.raw`50\%\_\\x`);
  });
});
