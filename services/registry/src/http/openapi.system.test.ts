import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { builtDescription } from '../../../../tools/test/built-description.ts';
import { startRegistry, type TestRegistry } from '../testing/registry.ts';
import { routesOf, type Route } from '../testing/routes.ts';

/** As CONTRACT has them, so far. */
const contract = [
  'DELETE /api/v1/api-keys/{id}',
  'DELETE /api/v1/handlers/{id}',
  'DELETE /api/v1/handlers/{id}/hold',
  'DELETE /api/v1/handlers/{id}/signing-secrets/{secretId}',
  'DELETE /api/v1/operations/{id}',
  'DELETE /api/v1/replays/{id}',
  'DELETE /api/v1/session',
  'DELETE /api/v1/targets/{id}',
  'DELETE /api/v1/targets/{id}/hold',
  'GET /api/v1/api-keys',
  'GET /api/v1/audit',
  'GET /api/v1/catalog',
  'GET /api/v1/deferrals',
  'GET /api/v1/event-types',
  'GET /api/v1/events',
  'GET /api/v1/events/{id}',
  'GET /api/v1/executions',
  'GET /api/v1/executors',
  'GET /api/v1/failures',
  'GET /api/v1/failures/groups',
  'GET /api/v1/handlers',
  'GET /api/v1/handlers/outcomes',
  'GET /api/v1/handlers/set',
  'GET /api/v1/handlers/{id}',
  'GET /api/v1/holds',
  'GET /api/v1/notices',
  'GET /api/v1/operations',
  'GET /api/v1/operations/{id}',
  'GET /api/v1/overview',
  'GET /api/v1/recipes',
  'GET /api/v1/recipes/{name}',
  'GET /api/v1/rejected',
  'GET /api/v1/rejected/{id}',
  'GET /api/v1/rejected/{id}/body',
  'GET /api/v1/replays',
  'GET /api/v1/replays/{id}',
  'GET /api/v1/scripts',
  'GET /api/v1/session',
  'GET /api/v1/targets',
  'GET /api/v1/targets/{id}',
  'PATCH /api/v1/handlers/{id}',
  'PATCH /api/v1/targets/{id}',
  'POST /api/v1/api-keys',
  'POST /api/v1/catalog/reload',
  'POST /api/v1/deferrals/preview',
  'POST /api/v1/deferrals/retry',
  'POST /api/v1/deferrals/skip',
  'POST /api/v1/deferrals/{key}/retry',
  'POST /api/v1/deferrals/{key}/skip',
  'POST /api/v1/events',
  'POST /api/v1/events/plan',
  'POST /api/v1/events/{id}/replay',
  'POST /api/v1/events/{id}/resume',
  'POST /api/v1/failures/assign',
  'POST /api/v1/failures/reopen',
  'POST /api/v1/failures/resume',
  'POST /api/v1/failures/resume/preview',
  'POST /api/v1/failures/settle',
  'POST /api/v1/handlers',
  'POST /api/v1/handlers/preview',
  'POST /api/v1/handlers/set/preview',
  'POST /api/v1/handlers/{id}/extract-target',
  'POST /api/v1/handlers/{id}/preview',
  'POST /api/v1/handlers/{id}/signing-secrets',
  'POST /api/v1/handlers/{id}/test',
  'POST /api/v1/holds/forecast',
  'POST /api/v1/replays',
  'POST /api/v1/replays/preview',
  'POST /api/v1/session',
  'POST /api/v1/targets',
  'POST /api/v1/targets/{id}/probe',
  'PUT /api/v1/handlers/order',
  'PUT /api/v1/handlers/set',
  'PUT /api/v1/handlers/{id}/hold',
  'PUT /api/v1/targets/{id}/hold',
];

describe('the OpenAPI description', () => {
  let registry: TestRegistry;
  let description: OpenAPIObject;
  let routes: Route[];
  beforeAll(async () => {
    registry = await startRegistry();
    description = await builtDescription<OpenAPIObject>();
    routes = routesOf(description);
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  it('is 3.1 and names every route', () => {
    expect(description.openapi).toBe('3.1.0');
    expect(JSON.stringify(description)).not.toContain('"nullable"');
    expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(contract);
    expect(new Set(routes.map(({ operation }) => operation.operationId)).size).toBe(contract.length);
  });

  it('asks for a key or a session everywhere but at the door, and so does every route', async () => {
    expect(description.security).toEqual([{ apiKey: [] }, { session: [] }]);
    for (const { method, path, operation } of routes) {
      if (method === 'POST' && path === '/api/v1/session') {
        expect(operation.security).toEqual([{}]);
        continue;
      }
      expect(operation.security).toBeUndefined();
      const { status } = await registry.call(method, path.replace(/\{\w+\}/, 'x'), { headers: { authorization: '' } });
      expect([method, path, status]).toEqual([method, path, 401]);
    }
  });

  it('names the least role of every route', () => {
    const roles = new Map(
      routes.map(({ method, path, operation }) => [`${method} ${path}`, operation['x-least-role']]),
    );
    expect(roles.get('GET /api/v1/handlers/{id}')).toBe('viewer');
    expect(roles.get('DELETE /api/v1/handlers/{id}/signing-secrets/{secretId}')).toBe('admin');
    expect([...roles].filter(([, role]) => role === undefined)).toEqual([]);
  });

  it('gives every answer a shape', () => {
    for (const { method, path, operation } of routes) {
      expect(operation.responses).toHaveProperty('401');
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (status === '204') continue;
        const types = Object.keys(content ?? {});
        expect([method, path, status, types]).toEqual([method, path, status, [expect.any(String)]]);
        if (Number(status) >= 400) expect(types).toEqual(['application/problem+json']);
      }
    }
  });

  it('refers to nothing that is not there', () => {
    const references = JSON.stringify(description).match(/#\/components\/schemas\/[^"]+/g) ?? [];
    for (const reference of references) {
      expect(description.components?.schemas).toHaveProperty(reference.split('/').at(-1)!);
    }
  });

  it('has a task of one of three types, told apart by its type', () => {
    const { properties } = description.components!.schemas!['CreateHandlerInput'] as {
      properties: Record<string, object>;
    };
    expect(properties['task']).toMatchObject({
      oneOf: ['Script', 'Http', 'Email'].map((type) => ({ $ref: `#/components/schemas/${type}TaskInput` })),
      discriminator: { propertyName: 'type' },
    });
    const patch = description.components!.schemas!['PatchHandlerInput'] as { required?: string[] };
    expect(patch.required ?? []).toEqual([]);
    expect(JSON.stringify(patch)).not.toContain('"default"');
  });

  it('has a group for every route, handlers first', () => {
    const groups = (description.tags ?? []).map(({ name }) => name);
    expect(groups[0]).toBe('handlers');
    const used = new Set(routes.flatMap(({ operation }) => operation.tags ?? []));
    expect([...used].sort()).toEqual([...groups].sort());
  });

  it('can be browsed under our name, without any other server', async () => {
    const { body } = await registry.call('GET', '/api/docs');
    expect(body).toContain('<title>Provisor API</title>');
    expect(body).toContain('.topbar { display: none }');
    expect(body).not.toMatch(/(src|href)=["'](https?:)?\/\//);
    for (const [, asset] of (body as string).matchAll(/(?:src|href)="\.\/(docs\/[^"]+)"/g)) {
      expect((await registry.call('GET', `/api/${asset!}`)).status).toBe(200);
    }
  });
});
