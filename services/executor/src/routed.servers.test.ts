import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { partitionExchange, partitionOf } from '#contracts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

const partitions = 4;

describe('events of a publisher that chooses the partition', () => {
  let bench: Workbench;
  let target: RecordingTarget;

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    await bench.addHandler({ name: 'all', event: 'clients.update', task });
    await bench.startExecutor({ partitions });
    await bench.startExecutor({ partitions });
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  beforeEach(() => {
    target.calls.length = 0;
  });

  const body = (id: string) =>
    Buffer.from(
      JSON.stringify({
        event: { id, dt: '2026-03-01T09:15:00Z', events_id: 'clients.update', object_id: 1 },
        data: {},
      }),
    );
  const publish = async (partition: number, content: Buffer, options: object) =>
    (await bench.billing()).publishRaw(String(partition), content, options, partitionExchange);
  const routed = (key: string, id: string, options: object = {}, partition = partitionOf(key, partitions)) =>
    publish(partition, body(id), { contentType: 'application/json', headers: { 'partition-key': key }, ...options });
  const rejected = () =>
    eventually(async () => {
      const [row] = await bench.database.query<{ reason: string; exchange: string; message: string }[]>(
        'delete from rejected_messages returning reason, exchange, message',
      );
      return row;
    });

  it('run in the order of their key, past the intake', async () => {
    const ids = Array.from({ length: 60 }, (_, n) => `routed ${n}`);
    for (const [n, id] of ids.entries()) await routed(String(n % 6), id);
    await eventually(() => (target.calls.length === ids.length ? true : undefined));
    const called = target.calls.map(({ headers }) => String(headers['provisor-event-id']));
    for (let key = 0; key < 6; key++) {
      const isOfKey = (id: string) => Number(id.slice('routed '.length)) % 6 === key;
      expect(called.filter(isOfKey)).toEqual(ids.filter(isOfKey));
    }
    expect(await bench.event('routed 59')).toMatchObject({ status: 'succeeded', partition_key: '5' });
  });

  it('are recognised when they are published twice', async () => {
    for (let n = 0; n < 2; n++) await routed('twice', 'twice');
    await eventually(async () => {
      const rows = await bench.database.query<object[]>(`select from events where event_id = 'twice'`);
      return rows.length === 2 ? true : undefined;
    });
    expect(target.calls).toHaveLength(1);
  });

  it('are rejected in another partition than that of their key, and kept', async () => {
    const right = partitionOf('12', partitions);
    await routed('12', 'elsewhere', {}, (right + 1) % partitions);
    expect(await rejected()).toEqual({
      reason: 'wrong_partition',
      exchange: partitionExchange,
      message: `the key "12" belongs to partition ${right} of 4, and came to partition ${(right + 1) % partitions}`,
    });
  });

  it.each([[undefined], [{}], [{ 'partition-key': '' }]])('are rejected without a key: %j', async (headers) => {
    await routed('12', 'no key', { headers });
    expect(await rejected()).toMatchObject({ reason: 'bad_header', message: expect.stringContaining('partition-key') });
  });

  it('are accepted as CloudEvents', async () => {
    const event = {
      specversion: '1.0',
      id: 'cloud',
      source: '/billing',
      type: 'clients.update',
      subject: '12',
      time: '2026-03-01T09:15:00Z',
      data: {},
    };
    const content = Buffer.from(JSON.stringify(event));
    await publish(partitionOf('12', partitions), content, {
      contentType: 'application/cloudevents+json',
      headers: { 'partition-key': '12' },
    });
    expect(await bench.event('cloud')).toMatchObject({ status: 'succeeded', partition_key: '12' });
  });
});
