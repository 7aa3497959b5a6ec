import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { samplesOf } from '../../../test/support/metric-samples.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { eventStatuses, eventTypes, rejectionReasons } from '#contracts';
import type { ExecutorApp } from './executor-app.ts';
import { Workbench } from './testing/workbench.ts';

const metricsKey = 'a key for scrapers';

describe('the metrics of an executor', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let executor: ExecutorApp;
  let handlerId: string;

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    handlerId = await bench.addHandler({ name: 'record', event: 'clients.update', task });
    executor = await bench.startExecutor({ metricsKey });
    target.reply = ({ body }, response) => {
      response.statusCode = body.includes('refused') ? 422 : 200;
      response.end();
    };
    const billing = await bench.billing();
    await billing.publish({ type: 'clients.update', id: 'well' });
    await billing.publish({ type: 'clients.update', id: 'refused' });
    await billing.publish({ type: 'clients.update', id: 'well' });
    await billing.publishRaw('clients.update', Buffer.from('no JSON'));
    for (const id of ['well', 'refused']) await bench.event(id);
    await eventually(async () => {
      const [{ count }] = await bench.database.query<[{ count: number }]>(
        'select count(*)::int from rejected_messages',
      );
      return count === 1 ? true : undefined;
    });
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  const scrape = async (headers: Record<string, string> = {}) => fetch(`${await executor.url()}/metrics`, { headers });

  it('say what became of events, attempts and messages that were none', async () => {
    const type = 'clients.update';
    const samples = await eventually(async () => {
      const found = samplesOf(await (await scrape()).text());
      return found.value('provisor_events_total', { type, result: 'duplicate' }) === 1 ? found : undefined;
    });
    expect(samples.value('provisor_events_total', { type, result: 'succeeded' })).toBe(1);
    expect(samples.value('provisor_events_total', { type, result: 'failed' })).toBe(1);
    const attempts = { handler_id: handlerId, task: 'http' };
    expect(samples.value('provisor_attempt_duration_seconds_count', { ...attempts, outcome: 'success' })).toBe(1);
    expect(samples.value('provisor_attempt_duration_seconds_count', { ...attempts, outcome: 'permanent' })).toBe(1);
    expect(samples.value('provisor_rejected_messages_total', { reason: 'not_json' })).toBe(1);
    expect(samples.value('provisor_delivery_lag_seconds_count')).toBe(3);
    expect(samples.value('provisor_journal_batch_entries_sum')).toBeGreaterThanOrEqual(5);
    expect(samples.value('provisor_journal_write_seconds_count')).toBeGreaterThan(0);
  });

  it('count from 0 whatever may come: every type with every result, and every reason', async () => {
    const samples = samplesOf(await (await scrape()).text());
    for (const { id: type } of eventTypes)
      for (const result of eventStatuses)
        if (type !== 'clients.update') expect(samples.value('provisor_events_total', { type, result })).toBe(0);
    for (const reason of rejectionReasons)
      expect(samples.value('provisor_rejected_messages_total', { reason })).toBe(reason === 'not_json' ? 1 : 0);
    for (const result of ['succeeded', 'failed'])
      expect(samples.value('provisor_deferrals_ended_total', { result })).toBe(0);
  });

  it('say what waits in RabbitMQ, how old it is, and who reads it', async () => {
    const samples = await eventually(async () => {
      const found = samplesOf(await (await scrape()).text());
      return found.value('provisor_queue_messages', { queue: 'provisor.events.3' }) === undefined ? undefined : found;
    });
    for (const queue of ['provisor.intake', 'provisor.events.0', 'provisor.events.3']) {
      expect(samples.value('provisor_queue_messages', { queue })).toBe(0);
      expect(samples.value('provisor_queue_age_seconds', { queue })).toBe(0);
      expect(samples.value('provisor_queue_readers', { queue })).toBe(1);
    }
    expect(samples.value('provisor_oldest_event_seconds', { lane: 'fast' })).toBe(0);
  });

  it('say how things stand', async () => {
    // An event is in flight until RabbitMQ has its acknowledgement, which is after the call of its target.
    const samples = await eventually(async () => {
      const found = samplesOf(await (await scrape()).text());
      return found.value('provisor_events_in_flight') === 0 ? found : undefined;
    });
    expect(samples.value('provisor_catalog_revision')).toBe(1);
    expect(samples.value('provisor_catalog_loaded_timestamp_seconds')).toBeGreaterThan(Date.now() / 1_000 - 600);
    for (const connection of ['intake', 'partitions', 'sender']) {
      expect(samples.value('provisor_broker_connected', { connection })).toBe(1);
    }
    expect(samples.value('provisor_database_connections', { state: 'total' })).toBeGreaterThan(0);
    expect([0, 1]).toContain(samples.value('provisor_direct_dispatch'));
  });

  it('are for this machine, and for others with the key', async () => {
    const elsewhere = { 'x-forwarded-for': '10.0.0.1' };
    const refused = await scrape(elsewhere);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect((await scrape({ ...elsewhere, authorization: 'Bearer another key for it' })).status).toBe(401);
    const allowed = await scrape({ ...elsewhere, authorization: `Bearer ${metricsKey}` });
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });
});
