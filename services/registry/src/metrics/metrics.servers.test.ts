import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMetrics } from '#observability';
import { samplesOf } from '../../../../test/support/metric-samples.ts';
import { describeInstallation } from './registry-metrics.ts';
import { situation } from './situation.ts';
import { at, event, failure, insertFailures } from '../testing/journal-rows.ts';
import { startRegistry, testKey, type TestRegistry } from '../testing/registry.ts';

const metricsKey = 'a key for scrapers';

describe('the metrics of the registry', () => {
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await startRegistry({ metricsKey });
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
    expect(samples.value('provisor_oldest_event_seconds', { lane: 'slow' })).toBe(0);
    expect(samples.value('provisor_database_size_bytes')).toBeGreaterThan(1_000_000);
    // Executors make the days, and none runs here.
    expect(samples.value('provisor_journal_days_ready')).toBe(0);
  });

  it('count open failures by handler', async () => {
    const [crm, sip] = ['0193a000-0000-7000-8000-00000000000a', '0193a000-0000-7000-8000-00000000000b'];
    const failed = event(0, {});
    await insertFailures(
      registry.database,
      failure(1, failed, crm),
      failure(2, event(1, {}), crm),
      failure(3, failed, sip),
      failure(4, event(2, {}), sip, { recoveredAt: at(5) }),
    );
    const openFailures = async (handler_id: string): Promise<number | undefined> => {
      const metrics = createMetrics();
      describeInstallation(metrics, () => situation(registry.database));
      return samplesOf(await metrics.metrics()).value('provisor_open_failures', { handler_id });
    };
    expect([await openFailures(crm), await openFailures(sip)]).toEqual([2, 1]);
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

  it('are for this machine, and for others with METRICS_KEY or the key of a viewer', async () => {
    const elsewhere = { 'x-forwarded-for': '10.0.0.1' };
    expect((await scrape(elsewhere)).status).toBe(401);
    for (const key of [metricsKey, testKey]) {
      expect((await scrape({ ...elsewhere, authorization: `Bearer ${key}` })).status).toBe(200);
    }
    expect((await scrape({ ...elsewhere, authorization: `Bearer ${metricsKey}x` })).status).toBe(401);
    const authorization = `Bearer ${metricsKey}`;
    expect((await fetch(`${registry.url}/api/v1/handlers`, { headers: { authorization } })).status).toBe(401);
  });
});

describe('while the database is away', () => {
  it('the metrics say that, and nothing that could be taken for a figure', async () => {
    const metrics = createMetrics();
    let away = false;
    const found = {
      revision: 7,
      executors: 2,
      behind: 0,
      keys: 0,
      events: 0,
      oldestSeconds: 0,
      oldestEventSeconds: 0,
      openFailures: [],
      journalDays: 8,
      databaseBytes: 1,
    };
    describeInstallation(metrics, () => (away ? Promise.reject(new Error('away')) : Promise.resolve(found)));
    const look = async () => {
      const samples = samplesOf(await metrics.metrics());
      return ['database_up', 'executors', 'catalog_revision', 'deferred_keys'].map((name) =>
        samples.value(`provisor_${name}`),
      );
    };
    expect(await look()).toEqual([1, 2, 7, 0]);
    away = true;
    // A zero for the executors would alert for the wrong reason.
    expect(await look()).toEqual([0, undefined, undefined, undefined]);
    away = false;
    expect(await look()).toEqual([1, 2, 7, 0]);
  });
});
