import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startRegistry, testKey, type TestRegistry } from '../testing/registry.ts';

/** Names no encoding, as fetch would, and undoes none. */
async function get(url: string, accepted?: string): Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${testKey}`,
      ...(accepted !== undefined && { 'accept-encoding': accepted }),
    };
    request(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}

describe('the answers of the API', () => {
  let registry: TestRegistry;
  let types: string;
  beforeAll(async () => {
    registry = await startRegistry();
    types = `${registry.url}/api/v1/event-types`;
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  it.each(['gzip', 'br, gzip;q=0.8', '*', 'GZIP;q=1'])('are compressed for who takes %s', async (accepted) => {
    const plain = await get(types);
    const { headers, body } = await get(types, accepted);
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(headers['content-length']).toBe(String(body.length));
    expect(body.length).toBeLessThan(plain.body.length / 3);
    expect(gunzipSync(body)).toEqual(plain.body);
  });

  it.each([undefined, 'br', 'gzip;q=0', 'gzip; q=0.00, br', 'identity'])(
    'stay as they are for who takes %s',
    async (accepted) => {
      const { headers, body } = await get(types, accepted);
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers).toMatchObject({ vary: 'accept-encoding', 'content-length': String(body.length) });
      expect(JSON.parse(body.toString())).toMatchObject({ items: expect.anything() });
    },
  );

  it('stay as they are when they are short', async () => {
    const { headers } = await get(`${registry.url}/api/v1/handlers`, 'gzip');
    expect(headers).not.toHaveProperty('content-encoding');
  });

  it('stay as they are when they may show a new secret, or have an ETag', async () => {
    const task = { type: 'http', url: 'http://127.0.0.1:9/' };
    const input = { name: 'a', event: 'clients.create', task, description: 'long '.repeat(400) };
    const made = await registry.call('POST', '/api/v1/handlers', {
      body: input,
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('content-encoding')).toBeNull();
    const { headers, body } = await get(`${registry.url}/api/v1/handlers/${made.body.id as string}`, 'gzip');
    expect(headers['etag']).toBeDefined();
    expect(headers).not.toHaveProperty('content-encoding');
    expect(body.length).toBeGreaterThan(2_000);
  });
});
