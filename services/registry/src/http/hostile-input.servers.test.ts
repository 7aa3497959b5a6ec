import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { retryDeferralPattern, skipDeferralPattern, testHandlerPattern } from '#contracts';
import {
  bodies,
  deferralBodies,
  failureBodies,
  forecastBodies,
  handler,
  handlerBodies,
  handlerTestBodies,
  headers,
  holdBodies,
  pathIds,
  previewBodies,
  queriesFor,
  queryNames,
  replayBodies,
  resumePlanBodies,
  target,
  targetBodies,
} from '../testing/hostile-inputs.ts';
import { startRegistry, testKey, type Answer, type RequestOptions, type TestRegistry } from '../testing/registry.ts';
import { standIn, type StandIn } from '../../../../test/support/stand-in.ts';
import { apiDescription, routesOf, type Route } from '../testing/routes.ts';

// Thousands of requests in each test.
jest.setTimeout(180_000);

const json = 'content-type: application/json';

describe('whatever comes in', () => {
  let registry: TestRegistry;
  let routes: Route[];
  let executor: StandIn;
  beforeAll(async () => {
    registry = await startRegistry();
    routes = routesOf(await apiDescription(registry));
    const answer = (): object => ({ kind: 'not_waiting' });
    executor = await standIn(registry.sandbox.amqpUrl, {
      [retryDeferralPattern]: answer,
      [skipDeferralPattern]: answer,
      [testHandlerPattern]: () => ({ outcome: 'success', response: {}, kept: null }),
    });
  });
  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  const withId = (route: Route, id: string): string => route.path.replace(/\{\w+\}/, id);
  const path = (route: Route): string => withId(route, '00000000-0000-7000-8000-000000000000');

  function expectAnswered(what: string, answer: Answer): void {
    const type = answer.headers.get('content-type') ?? 'none';
    const isProblem = type.startsWith('application/problem+json') && answer.body.status === answer.status;
    const names = answer.status !== 400 || !('errors' in answer.body) || answer.body.errors.length > 0;
    const fine = answer.status < 400 || (answer.status < 500 && isProblem && names);
    if (!fine) throw new Error(`${what.slice(0, 300)}: ${answer.status} ${type} ${JSON.stringify(answer.body)}`);
  }

  interface Case extends RequestOptions {
    method: string;
    target: string;
  }

  /** Many at a time: the server is to be kept busy, and the test short. */
  async function torture(cases: Case[]): Promise<void> {
    const work = cases.values();
    const worker = async (): Promise<void> => {
      for (const { method, target, ...options } of work) {
        expectAnswered(`${method} ${target} ${String(options.body)}`, await registry.call(method, target, options));
      }
    };
    await Promise.all(Array.from({ length: 16 }, worker));
  }

  it('as a body', async () => {
    const writing = routes.filter(({ method }) => method !== 'GET');
    await torture(
      writing.flatMap((route) => bodies.map((body) => ({ method: route.method, target: path(route), body }))),
    );
  });

  it('as a handler, or what is to be changed of one', async () => {
    const { body } = await registry.call('POST', '/api/v1/handlers', { body: { ...handler, name: 'patched' } });
    const target = `/api/v1/handlers/${body.id as string}`;
    await torture(handlerBodies.map((hostile) => ({ method: 'POST', target: '/api/v1/handlers', body: hostile })));
    await torture(handlerBodies.map((hostile) => ({ method: 'PATCH', target, body: hostile })));
  });

  it('as a handler in a set', async () => {
    const sets = handlerBodies.map((hostile) => `{"handlers":[${String(hostile)}]}`);
    const target = '/api/v1/handlers/set/preview';
    await torture(sets.map((body) => ({ method: 'POST', target, body })));
    const others = ['null', '1', '{}', '"x"', '[null]', '[1]', '[[]]', '[{"__proto__":1}]', '{"length":1}'];
    await torture(
      others.map((list) => ({ method: 'PUT', target: '/api/v1/handlers/set', body: `{"handlers":${list}}` })),
    );
  });

  it('as a target, what is to be changed of one, or one in a set', async () => {
    const { body } = await registry.call('POST', '/api/v1/targets', { body: { ...target, name: 'patched' } });
    const path = `/api/v1/targets/${body.id as string}`;
    await torture(targetBodies.map((hostile) => ({ method: 'POST', target: '/api/v1/targets', body: hostile })));
    await torture(targetBodies.map((hostile) => ({ method: 'PATCH', target: path, body: hostile })));
    const sets = targetBodies.map((hostile) => `{"handlers":[],"targets":[${String(hostile)}]}`);
    await torture(sets.map((set) => ({ method: 'POST', target: '/api/v1/handlers/set/preview', body: set })));
  });

  it('as a hold, or the forecast of one', async () => {
    const { body } = await registry.call('POST', '/api/v1/targets', { body: { ...target, name: 'held' } });
    const path = `/api/v1/targets/${body.id as string}/hold`;
    await torture(holdBodies.map((hostile) => ({ method: 'PUT', target: path, body: hostile })));
    await torture(
      forecastBodies.map((hostile) => ({ method: 'POST', target: '/api/v1/holds/forecast', body: hostile })),
    );
  });

  it('as an event that a handler is tested on', async () => {
    const { body } = await registry.call('POST', '/api/v1/handlers', { body: { ...handler, name: 'tested' } });
    const target = `/api/v1/handlers/${body.id as string}/test`;
    await torture(handlerTestBodies.map((hostile) => ({ method: 'POST', target, body: hostile })));
  });

  it('as a handler that is not saved, and as an event and an answer that it is tried on', async () => {
    const { body } = await registry.call('POST', '/api/v1/handlers', { body: { ...handler, name: 'previewed' } });
    const target = `/api/v1/handlers/${body.id as string}/preview`;
    const drafts = '/api/v1/handlers/preview';
    await torture(previewBodies.map((hostile) => ({ method: 'POST', target: drafts, body: hostile })));
    await torture(handlerTestBodies.map((hostile) => ({ method: 'POST', target, body: hostile })));
  });

  it('as a replay', async () => {
    await torture(replayBodies.map((body) => ({ method: 'POST', target: '/api/v1/replays', body })));
  });

  it.each(['failures/settle', 'failures/reopen', 'failures/assign', 'failures/resume', 'failures/resume/preview'])(
    'as a selection of failures, by %s',
    async (route) => {
      await torture(failureBodies.map((body) => ({ method: 'POST', target: `/api/v1/${route}`, body })));
    },
  );

  it.each(['retry', 'skip', 'preview'])('as a selection of waiting keys, by %s', async (route) => {
    await torture(deferralBodies.map((body) => ({ method: 'POST', target: `/api/v1/deferrals/${route}`, body })));
  });

  it('as the plan of a resume', async () => {
    await torture(resumePlanBodies.map((body) => ({ method: 'POST', target: '/api/v1/events/plan', body })));
  });

  /** The names of a query that the route does not refuse for being unknown. */
  async function namesRead(route: Route): Promise<string[]> {
    const query = new URLSearchParams(queryNames.map((name): [string, string] => [name, '']));
    const { body } = await registry.call('GET', `${path(route)}?${query.toString()}`);
    const errors = body.errors as { field: string; message: string }[];
    const refused = errors.filter(({ message }) => message === 'is unknown').map(({ field }) => field);
    return queryNames.filter((name) => !refused.includes(name));
  }

  it('as a query', async () => {
    const reading = routes.filter(({ method }) => method === 'GET');
    const searching = reading.filter(({ path }) =>
      /\/(handlers|targets|events|executions|rejected|deferrals|failures|operations|notices|replays|audit)$/.test(path),
    );
    for (const route of searching) {
      const names = await namesRead(route);
      expect(names.length).toBeGreaterThan(2);
      await torture(queriesFor(names).map((query) => ({ method: 'GET', target: `${path(route)}?${query}` })));
    }
    await torture(
      reading.flatMap((route) =>
        queriesFor(['event'])
          .slice(0, 50)
          .map((query) => ({ method: 'GET', target: `${path(route)}?${query}` })),
      ),
    );
  });

  it('as a part of the path', async () => {
    await torture(
      routes.flatMap((route) => [
        ...pathIds.map((id) => ({ method: route.method, target: withId(route, id) })),
        { method: route.method, target: `${path(route)}/` },
        { method: route.method, target: `${path(route)}/%00` },
      ]),
    );
  });

  it('as a header', async () => {
    await torture(
      routes.flatMap((route) =>
        headers.map((each) => ({
          method: route.method,
          target: path(route),
          headers: each,
          ...(route.method !== 'GET' && { body: '{}' }),
        })),
      ),
    );
  });

  it('as another method, or to nowhere', async () => {
    for (const method of ['OPTIONS', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH']) {
      for (const target of [
        '/api/v1/handlers',
        '/api/v1/nowhere',
        '/nowhere',
        '/healthz',
        '/api/docs',
        '/api/docs/%2e%2e/x',
      ]) {
        const answer = await registry.call(method, target);
        expect([method, target, answer.status < 500]).toEqual([method, target, true]);
      }
    }
  });

  const key = `authorization: Bearer ${testKey}`;
  const post = (route: string, ...lines: string[]): string =>
    [`POST /api/v1/${route} HTTP/1.1`, 'host: x', 'connection: close', ...lines].join('\r\n');

  it.each([
    ['that are no HTTP', 400, 'nonsense\r\n\r\n'],
    ['with a negative length', 400, post('events', 'content-length: -1', '', '')],
    ['with headers without end', 431, post('events', `x: ${'y'.repeat(20_000)}`, '', '')],
    ['with NUL in the path', 400, post('handlers\0', '', '')],
    ['in chunks that are none', 400, post('events', json, 'transfer-encoding: chunked', '', 'zz', '')],
    ['that are announced to be too many', 413, post('events', json, key, 'content-length: 9999999', '', '{')],
    ['of no type', 415, post('handlers', key, 'content-length: 2', '', '{}')],
  ])('as bytes %s: %i', async (_, status, bytes) => {
    const socket = connect(Number(new URL(registry.url).port), '127.0.0.1');
    socket.write(bytes, 'latin1');
    const answer = await text(socket);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
  });

  it('leaves the handlers usable', async () => {
    const { status, body } = await registry.call('GET', '/api/v1/handlers?limit=500&status=enabled,disabled,archived');
    expect(status).toBe(200);
    expect(body.total).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
