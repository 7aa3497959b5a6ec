import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { startRegistry, testKey, type TestRegistry } from '../testing/registry.ts';
import { mostBodyBytes } from './bounded-load.ts';
import { mostConnections } from './http-adapter.ts';

const mebibyte = 1024 * 1024;

let registry: TestRegistry;
let viewer: string;
beforeAll(async () => {
  registry = await startRegistry();
  const body = { name: 'viewer', role: 'viewer' };
  viewer = ((await registry.call('POST', '/api/v1/api-keys', { body })).body as { key: string }).key;
});
afterAll(async () => registry[Symbol.asyncDispose]());

/** Sends the headers of a request and nothing of its body. */
function begin(method: string, path: string, headers: Record<string, string | number>): ClientRequest {
  const sent = httpRequest(`${registry.url}${path}`, {
    method,
    agent: false,
    headers: { 'content-type': 'application/json', ...headers },
  });
  sent.on('error', () => undefined);
  sent.flushHeaders();
  return sent;
}

async function answerTo(sent: ClientRequest): Promise<{ status: number; headers: object; type: string }> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks = (await response.toArray()) as Buffer[];
  const { type } = JSON.parse(Buffer.concat(chunks).toString()) as { type: string };
  return { status: response.statusCode!, headers: response.headers, type };
}

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const set = '/api/v1/handlers/set';

describe('before a body is read', () => {
  it.each<[number, string, string, () => Record<string, string | number>]>([
    [401, 'PUT', set, () => ({ 'content-length': 8 * mebibyte })],
    [401, 'PUT', set, () => ({ 'content-length': 8 * mebibyte, ...bearer('wrong') })],
    [401, 'POST', '/api/v1/events', () => ({ 'transfer-encoding': 'chunked' })],
    [403, 'PUT', set, () => ({ 'content-length': 8 * mebibyte, ...bearer(viewer) })],
    [403, 'POST', '/api/v1/api-keys', () => ({ 'transfer-encoding': 'chunked', ...bearer(viewer) })],
    [404, 'POST', '/api/v1/nothing', () => ({ 'content-length': mebibyte })],
    [404, 'PUT', '/', () => ({ 'transfer-encoding': 'chunked', ...bearer(testKey) })],
    [413, 'PUT', set, () => ({ 'content-length': 8 * mebibyte + 1, ...bearer(testKey) })],
    [413, 'POST', '/api/v1/session', () => ({ 'content-length': 16 * 1024 + 1 })],
    [415, 'PUT', set, () => ({ 'content-length': mebibyte, 'content-type': 'text/plain', ...bearer(testKey) })],
  ])('%s to %s %s', async (status, method, path, headers) => {
    const sent = begin(method, path, headers());
    expect(await answerTo(sent)).toMatchObject({ status });
    // What is not wanted is not waited for.
    if (!sent.destroyed) await once(sent, 'close');
  });

  it('the rest of a body is taken for a while, so that its sender can read the answer', async () => {
    const body = Buffer.alloc(8 * mebibyte, 'x');
    const answer = await fetch(`${registry.url}${set}`, {
      method: 'PUT',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ type: 'urn:provisor:problem:unauthenticated' });
  });
});

describe('bodies', () => {
  it('that would hold more than there is for all of them are refused, until others have ended', async () => {
    // One more than there is room for. Which of them is the one depends on the order in which they arrive.
    const sent = Array.from({ length: mostBodyBytes / (8 * mebibyte) + 1 }, (_, n) => {
      const size = n % 2 === 0 ? { 'content-length': 8 * mebibyte } : { 'transfer-encoding': 'chunked' };
      return begin('PUT', set, { ...size, ...bearer(testKey) });
    });
    const answers = sent.map(answerTo);
    expect(await Promise.race(answers)).toMatchObject({
      status: 503,
      type: 'urn:provisor:problem:too-busy',
      headers: { 'retry-after': '1' },
    });
    // Reading needs no room.
    expect((await registry.call('GET', '/api/v1/handlers')).status).toBe(200);
    for (const each of sent) each.destroy();
    await Promise.allSettled(answers);
    await eventually(async () => {
      const { status } = await registry.call('POST', '/api/v1/events/plan', { body: {} });
      return status === 400 || undefined;
    });
  });
});

it('the server closes what begins too slowly, takes too long, or is too much', () => {
  const server = registry.app.getHttpServer();
  expect(server).toMatchObject({ headersTimeout: 15_000, requestTimeout: 70_000, maxConnections: mostConnections });
});
