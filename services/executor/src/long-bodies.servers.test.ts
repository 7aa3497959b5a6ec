import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { keptBodyBytes } from '#contracts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

const dt = '2026-03-01T09:15:00+00:00';
/** So little that few bodies fit. */
const prefetchBytes = 1024 * 1024;
const filler = (n: number) => String(n % 10).repeat(100_000);

function native(id: string | undefined, n: number): Buffer {
  const event = { id, dt, events_id: 'clients.update', object_id: 12 };
  return Buffer.from(JSON.stringify({ event, data: { n, text: filler(n) } }));
}

describe.each([
  ['one executor', 1],
  ['two executors', 2],
])('events that are more than memory has room for, with %s', (_name, executors) => {
  let bench: Workbench;
  let target: RecordingTarget;

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    const retry = { maxAttempts: 3, schedule: ['100ms', '100ms'] };
    await bench.addHandler({ name: 'record', event: 'clients.update', task, retry });
    // One connection, and with it one order.
    await bench.billing();
    for (let n = 0; n < executors; n++) await bench.startExecutor({ prefetchBytes });
  });

  beforeEach(() => {
    target.calls.length = 0;
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  const publish = async (content: Buffer, key: string, options: object = {}) => {
    const billing = await bench.billing();
    const headers = { 'partition-key': key };
    await billing.publishRaw('clients.update', content, { headers, contentType: 'application/json', ...options });
  };
  const called = (count: number) => eventually(() => (target.calls.length >= count ? true : undefined), 25_000);

  it('are all handled, once, byte for byte, those of a key in their order', async () => {
    const sent = Array.from({ length: 60 }, (_, n) => ({
      id: `e-${n}`,
      key: `k${n % 4}`,
      content: native(`e-${n}`, n),
    }));
    // Short ones among them still wait for their turn.
    const short = Array.from({ length: 20 }, (_, n) => ({
      id: `s-${n}`,
      key: `k${n % 4}`,
      content: shortEvent(`s-${n}`),
    }));
    const all = sent.flatMap((event, n) => (n % 3 === 0 ? [event, short[n / 3]!] : [event]));
    await Promise.all(all.map(({ content, key }) => publish(content, key)));
    await called(all.length);
    const bodies = new Map(all.map(({ id, content }) => [id, content.toString()]));
    for (const { headers, body } of target.calls) {
      expect(body === bodies.get(String(headers['provisor-event-id']))).toBe(true);
    }
    const ids = target.calls.map(({ headers }) => String(headers['provisor-event-id']));
    for (const key of ['k0', 'k1', 'k2', 'k3']) {
      const ofKey = all.filter((event) => event.key === key).map(({ id }) => id);
      expect(ids.filter((id) => ofKey.includes(id))).toEqual(ofKey);
    }
  });

  it('keep the id that was made for them, and are taken as CloudEvents', async () => {
    const cloudEvent = { 'cloudEvents:specversion': '1.0', 'cloudEvents:source': '/b', 'cloudEvents:subject': '12' };
    const headers = (n: number) => ({
      ...cloudEvent,
      'cloudEvents:id': `ce-${n}`,
      'cloudEvents:type': 'clients.update',
      'partition-key': 'ce',
    });
    const data = (n: number) => Buffer.from(JSON.stringify({ n, text: filler(n) }));
    const none = Array.from({ length: 8 }, (_, n) => publish(native(undefined, n), 'none'));
    const cloud = Array.from({ length: 8 }, (_, n) => publish(data(n), 'ce', { headers: headers(n) }));
    await Promise.all([...none, ...cloud]);
    await called(16);
    for (const { headers: of, body } of target.calls) {
      const { event, data: given } = JSON.parse(body) as { event: { id: string }; data: { n: number; text: string } };
      expect(given.text === filler(given.n)).toBe(true);
      expect(event.id).toBe(of['provisor-event-id']);
      expect(await bench.event(event.id)).toMatchObject({ status: 'succeeded' });
    }
  });

  it('go on from the slow lane in their order', async () => {
    target.reply = (_call, response) => {
      response.statusCode = target.calls.length === 1 ? 503 : 200;
      response.end();
    };
    const contents = Array.from({ length: 12 }, (_, n) => native(`slow-${n}`, n));
    await Promise.all(contents.map((content) => publish(content, 'slow')));
    await called(13);
    expect(
      target.calls.slice(1).map(({ body }) => contents.findIndex((content) => content.toString() === body)),
    ).toEqual(contents.map((_, n) => n));
    for (const n of contents.keys()) {
      await eventually(async () => ((await bench.event(`slow-${n}`)).status === 'succeeded' ? true : undefined));
    }
  });

  it('that are longer than any that is accepted are kept with their true size and their beginning', async () => {
    const content = Buffer.alloc(5_000_000, 'x');
    await Promise.all(Array.from({ length: 8 }, () => publish(content, 'long', { appId: 'billing' })));
    const rows = await eventually(async () => {
      const kept = await bench.database.query<{ reason: string; size: number; body: Buffer; properties: string }[]>(
        'select * from rejected_messages',
      );
      return kept.length === 8 ? kept : undefined;
    });
    for (const { reason, size, body, properties } of rows) {
      expect({ reason, size }).toEqual({ reason: 'too_large', size: content.length });
      expect(body.equals(content.subarray(0, keptBodyBytes))).toBe(true);
      expect(JSON.parse(properties)).toMatchObject({ appId: 'billing', deliveryMode: 2 });
    }
    await publish(shortEvent('after'), 'long');
    await bench.event('after');
  });
});

function shortEvent(id: string): Buffer {
  return Buffer.from(JSON.stringify({ event: { id, dt, events_id: 'clients.update', object_id: 12 }, data: {} }));
}
