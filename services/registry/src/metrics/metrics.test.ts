import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { samplesOf } from '../../../../test/support/metric-samples.ts';
import { startRegistry, testKey, type TestRegistry } from '../testing/registry.ts';

describe('the metrics of the registry', () => {
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await startRegistry();
    const body = { name: 'a', event: 'clients.create', task: { type: 'script', path: 'x' } };
    expect((await registry.call('POST', '/api/v1/handlers', { body })).status).toBe(201);
    await registry.call('GET', '/api/v1/handlers/0193a000-0000-7000-8000-000000000001');
  });

  afterAll(async () => registry[Symbol.asyncDispose]());

  const scrape = (headers: Record<string, string> = {}) => fetch(`${registry.url}/metrics`, { headers });

  it('say how the installation stands', async () => {
    const samples = samplesOf(await (await scrape()).text());
    const names = ['catalog_revision', 'executors', 'executors_behind', 'deferred_keys', 'deferred_events'];
    expect(names.map((name) => samples.value(`provisor_${name}`))).toEqual([1, 0, 0, 0, 0]);
    expect(samples.value('provisor_deferral_oldest_seconds')).toBe(0);
    expect(samples.value('provisor_database_up')).toBe(1);
  });

  it('say how long requests take, by route', async () => {
    const samples = samplesOf(await (await scrape()).text());
    const counted = (http_request_method: string, http_route: string, http_response_status_code: string) =>
      samples.value('http_server_request_duration_seconds_count', {
        http_request_method,
        http_route,
        http_response_status_code,
      });
    expect(counted('POST', '/api/v1/handlers', '201')).toBe(1);
    expect(counted('GET', '/api/v1/handlers/:id', '404')).toBe(1);
  });

  it('are for this machine, and for others with the key of a viewer', async () => {
    const elsewhere = { 'x-forwarded-for': '10.0.0.1' };
    expect((await scrape(elsewhere)).status).toBe(401);
    expect((await scrape({ ...elsewhere, authorization: `Bearer ${testKey}` })).status).toBe(200);
  });
});
