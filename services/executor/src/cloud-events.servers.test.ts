import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

describe('CloudEvents by AMQP', () => {
  let bench: Workbench;
  let target: RecordingTarget;

  beforeAll(async () => {
    [bench, target] = await Promise.all([Workbench.open(), RecordingTarget.listen()]);
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    await bench.addHandler({ name: 'all', event: 'clients.update', task });
    await bench.startExecutor();
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  const time = '2026-03-01T09:15:00.000Z';
  const attributes = { specversion: '1.0', type: 'clients.update', source: '/billing', subject: '12' };
  const headers = (prefix: string, more: object) =>
    Object.fromEntries(
      Object.entries({ ...attributes, ...more }).map(([name, value]) => [prefix + name, value as unknown]),
    );
  const native = (id: string) => ({
    event: { id, dt: time, events_id: 'clients.update', object_id: '12' },
    data: { id: 12 },
    previous: { id: 11 },
  });

  /** What the handler got, and what the journal has. */
  async function handled(id: string) {
    const row = await bench.event(id);
    expect(row.status).toBe('succeeded');
    const call = await eventually(() => target.calls.find(({ headers }) => headers['provisor-event-id'] === id));
    return [call.body, row.body].map((body) => JSON.parse(body) as unknown);
  }

  it.each([
    ['structured', 'application/cloudevents+json', {}],
    [
      'binary',
      'application/json',
      headers('cloudEvents:', {
        id: 'binary',
        time: { '!': 'timestamp', value: Date.parse(time) / 1000 },
        previous: '{"id":11}',
      }),
    ],
    ['binary-jms', 'application/json', headers('cloudEvents_', { id: 'binary-jms', time, previous: '{"id":11}' })],
  ])('%s ones run, and handlers get them in the native format', async (id, contentType, given) => {
    const document =
      id === 'structured' ? { ...attributes, id, time, previous: '{"id":11}', data: { id: 12 } } : { id: 12 };
    const billing = await bench.billing();
    const content = Buffer.from(JSON.stringify(document));
    await billing.publishRaw('clients.update', content, { contentType, headers: { ...given, 'partition-key': '12' } });
    const carried = { cloudevent_attributes: { source: '/billing' } };
    expect(await handled(id)).toEqual([native(id), { ...native(id), ...carried }]);
  });

  it('one that comes twice is a duplicate, also by way of its partition', async () => {
    const billing = await bench.billing();
    const withoutId = Buffer.from(
      JSON.stringify({ event: { dt: time, events_id: 'clients.update', object_id: 1 }, data: {} }),
    );
    // It ends direct dispatch, so that what follows is forwarded.
    await billing.publishRaw('clients.update', withoutId);
    for (let n = 0; n < 2; n++) {
      const options = {
        contentType: 'application/json',
        headers: headers('cloudEvents:', { id: 'twice', time, partitionkey: '7' }),
      };
      await billing.publishRaw('clients.update', Buffer.from('{"big":12345678901234567890}'), options);
    }
    const rows = await eventually(async () => {
      const found = await bench.database.query<{ status: string; partition_key: string; body: string | null }[]>(
        `select status, partition_key, body from events where event_id = 'twice' order by id`,
      );
      return found.length === 2 ? found : undefined;
    });
    expect(rows).toMatchObject([
      { status: 'succeeded', partition_key: '7', body: expect.stringContaining('"data":{"big":12345678901234567890}') },
      { status: 'duplicate', partition_key: '7' },
    ]);
  });
});
