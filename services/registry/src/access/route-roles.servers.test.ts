import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { retryDeferralPattern, skipDeferralPattern } from '#contracts';
import { apiRoles, type ApiRole } from '#orm';
import { makeKey } from '../testing/keys.ts';
import { startRegistry, type TestRegistry } from '../testing/registry.ts';
import { apiDescription, routesOf } from '../testing/routes.ts';
import { standIn, type StandIn } from '../../../../test/support/stand-in.ts';
import { Access } from './access.ts';
import { AccessGuard } from './access.guard.ts';
import type { Authentication } from './authentication.ts';
import { leastRoleOf, reaches, routeRoles } from './route-roles.ts';

const unknownId = '00000000-0000-7000-8000-000000000000';
/** Not described, as they are no part of the API. */
const undescribed = ['GET /healthz', 'GET /readyz', 'GET /metrics'];

describe('every route', () => {
  let registry: TestRegistry;
  let executor: StandIn;
  let routes: { method: string; path: string }[];
  const keys = new Map<ApiRole, string>();
  beforeAll(async () => {
    registry = await startRegistry();
    const answer = (): object => ({ kind: 'not_waiting' });
    executor = await standIn(registry.sandbox.amqpUrl, {
      [retryDeferralPattern]: answer,
      [skipDeferralPattern]: answer,
    });
    for (const role of apiRoles) keys.set(role, (await makeKey(registry, role)).key);
    routes = routesOf(await apiDescription(registry)).map(({ method, path }) => ({
      method,
      path: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    }));
  });
  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  it('has its least role in the table, and the table has no other', () => {
    const described = routes.map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(routeRoles).sort()).toEqual([...described, ...undescribed].sort());
  });

  async function statusOf(method: string, path: string, key: string | null): Promise<[number, string]> {
    const body = method === 'GET' ? undefined : '{}';
    const answer = await registry.call(method, path.replace(/:\w+/, unknownId), { key, body });
    const { type = '' } = answer.body as { type?: string };
    if (answer.status >= 400) expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return [answer.status, type];
  }

  it.each(apiRoles)('lets %s do what it has for that role, and refuses the rest', async (role) => {
    for (const { method, path } of routes) {
      const least = leastRoleOf(method, path)!;
      const [status, type] = await statusOf(method, path, keys.get(role)!);
      const mayPass = least === 'anyone' || least === 'local' || reaches(role, least);
      if (mayPass) expect([method, path, [401, 403].includes(status)]).toEqual([method, path, false]);
      else expect([method, path, status, type]).toEqual([method, path, 403, 'urn:provisor:problem:forbidden']);
    }
  });

  it.each([
    ['no key', null],
    ['a key that is not known', `prov_${'0'.repeat(12)}_${'A'.repeat(43)}`],
  ])('is closed to %s', async (_, key) => {
    for (const { method, path } of routes.filter((route) => leastRoleOf(route.method, route.path) !== 'anyone')) {
      const [status, type] = await statusOf(method, path, key);
      expect([method, path, status, type]).toEqual([method, path, 401, 'urn:provisor:problem:unauthenticated']);
    }
  });

  it('answers HEAD to whom it answers GET', async () => {
    expect((await registry.call('HEAD', '/api/v1/handlers', { key: keys.get('viewer')! })).status).toBe(200);
    expect((await registry.call('HEAD', '/api/v1/handlers', { key: null })).status).toBe(401);
  });
});

describe('a route that is not in the table', () => {
  it('is refused to every caller', async () => {
    const caller = { kind: 'api_key', id: 'x', name: 'x', role: 'admin', address: '::1', expiresAt: null };
    const authentication = { callerOf: () => Promise.resolve(caller) } as unknown as Authentication;
    const guard = new AccessGuard(new Access(authentication, { metricsKey: undefined }));
    const request = { method: 'POST', routeOptions: { url: '/api/v1/new' } };
    const context = { switchToHttp: () => ({ getRequest: () => request }) } as unknown as ExecutionContext;
    await expect(guard.canActivate(context)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it.each(['constructor', 'toString', '__proto__'])('also when every object has something of that name: %s', (name) => {
    expect(leastRoleOf('', name)).toBeUndefined();
    expect(leastRoleOf(name, undefined)).toBeUndefined();
  });
});

describe('a role', () => {
  it.each([
    ['viewer', 'viewer', true],
    ['viewer', 'operator', false],
    ['operator', 'viewer', true],
    ['operator', 'admin', false],
    ['admin', 'operator', true],
  ] as const)('%s for what takes %s: %s', (role, least, expected) => {
    expect(reaches(role, least)).toBe(expected);
  });
});
