import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandQueue, configExchange, intakeQueue, partitionQueue, operationChangedPattern } from '#contracts';
import { fields, nestedTable, RawPublisher, value } from '../../../test/support/raw-publisher.ts';
import type { RawMessage, RawProperties } from '../../../test/support/raw-publisher.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Requester } from '../../../test/support/requester.ts';
import { Workbench } from './testing/workbench.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const body = (id?: string) =>
  Buffer.from(
    JSON.stringify({
      event: { id, dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.update', object_id: 12 },
      data: {},
    }),
  );

interface Rejected {
  reason: string;
  message: string;
  errors: { field: string; message: string }[];
  routing_key: string;
  properties: string;
  size: number;
  body: Buffer;
}

const cloudEvent = (changes: Record<string, Buffer>) =>
  fields(
    ...Object.entries({
      'cloudEvents:specversion': value.text('1.0'),
      'cloudEvents:id': value.text('ce-1'),
      'cloudEvents:source': value.text('/billing'),
      'cloudEvents:type': value.text('clients.update'),
      'cloudEvents:subject': value.text('12'),
      ...changes,
    }),
  );

const cases: [name: string, field: string, properties: RawProperties, routingKey?: Buffer][] = [
  ['a header table that nests 3,600 deep', 'headers', { headers: nestedTable(3_600) }],
  ['arrays that nest 5,000 deep', 'a', { headers: fields(['a', nestedArrays(5_000)]) }],
  ['a message id that is not UTF-8', 'message_id', { messageId: latin1('ren\xe9-1') }],
  [
    'a partition key that is not UTF-8',
    'partition-key',
    { headers: fields(['partition-key', value.text(latin1('\xe9'))]) },
  ],
  [
    'a CloudEvents id that is not UTF-8',
    'cloudEvents:id',
    { headers: cloudEvent({ 'cloudEvents:id': value.text(latin1('\xe9')) }) },
  ],
  [
    'a CloudEvents partition key that is not UTF-8',
    'cloudEvents_partitionkey',
    { headers: cloudEvent({ cloudEvents_partitionkey: value.text(latin1('\xe9')) }) },
  ],
  ['a partition key of another name', 'Partition-Key', { headers: fields(['Partition-Key', value.text('12')]) }],
  [
    'a CloudEvents subject that is not UTF-8',
    'cloudEvents:subject',
    { headers: cloudEvent({ 'cloudEvents:subject': value.text(latin1('\xe9')) }) },
  ],
  [
    'two partition keys',
    'partition-key',
    { headers: fields(['partition-key', value.text('1')], ['partition-key', value.text('2')]) },
  ],
  ['a name that is not UTF-8', 'caf\ufffd', { headers: fields([latin1('caf\xe9'), value.text('x')]) }],
  ['a content type that is not UTF-8', 'content_type', { contentType: latin1('application/\xe9') }],
  ['a key whose digits are lost', 'partition-key', { headers: fields(['partition-key', value.double(2 ** 60)]) }],
  ['a routing key that is not UTF-8', 'routing_key', {}, latin1('clients.\xe9')],
];

function nestedArrays(depth: number): Buffer {
  let array = value.array();
  for (let level = 1; level < depth; level++) array = value.array(array);
  return array;
}

describe('a message with properties that cannot be read', () => {
  let bench: Workbench;
  let target: RecordingTarget;
  let publisher: RawPublisher;

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    await bench.addHandler({ name: 'record', event: 'clients.update', task });
    await bench.startExecutor({ logLevel: 'silent' });
    publisher = await RawPublisher.connect(bench.sandbox.amqpUrl);
  });

  afterAll(async () => {
    await publisher.close();
    await bench.close();
    await target.close();
  });

  const publish = (properties: RawProperties, content = body('e'), to: Partial<RawMessage> = {}) =>
    publisher.publish({ exchange: 'billing.events', routingKey: 'clients.update', properties, content, ...to });

  async function rejectedOne(): Promise<Rejected> {
    const row = await eventually(async () => {
      const rows = await bench.database.query<Rejected[]>('select * from rejected_messages');
      return rows[0];
    });
    await bench.database.query('delete from rejected_messages');
    return row;
  }

  const handled = async (id: string) => expect(await bench.event(id)).toMatchObject({ status: 'succeeded' });

  for (const [name, field, properties, routingKey = Buffer.from('clients.update')] of cases) {
    it(`${name} is kept with its reason, and the next one is handled`, async () => {
      await publish({ deliveryMode: 2, appId: 'billing', ...properties }, body(name), { routingKey });
      await publish({}, body(`after ${name}`));
      const row = await rejectedOne();
      expect(row).toMatchObject({ reason: 'bad_header', body: body(name), size: body(name).length });
      expect(row.errors.map((error) => error.field)).toEqual([
        expect.stringContaining(field === 'headers' ? 'a.a' : field),
      ]);
      expect(JSON.parse(row.properties)).toMatchObject({ deliveryMode: 2, appId: 'billing' });
      await handled(`after ${name}`);
    });
  }

  it('is kept as well when it is put into a partition', async () => {
    const headers = nestedTable(3_600);
    await publish({ headers }, body('nested'), { exchange: '', routingKey: partitionQueue(0) });
    expect(await rejectedOne()).toMatchObject({ reason: 'bad_header', routing_key: partitionQueue(0) });
    const key = fields(['partition-key', value.text('12')]);
    await publish({ headers: key }, body('partition'), { exchange: '', routingKey: partitionQueue(0) });
    await handled('partition');
  });

  it('is kept with the bytes that it came with', async () => {
    await publish({ messageId: latin1('ren\xe9-1') }, body(), { routingKey: latin1('\xe9') });
    const { properties } = await rejectedOne();
    const { messageId, routingKeyBytes, contentHeaderBytes } = JSON.parse(properties) as Record<
      string,
      { value: string }
    >;
    const bytes = (kept: { value: string } | undefined) => Buffer.from(kept!.value, 'base64');
    expect(bytes(messageId)).toEqual(latin1('ren\xe9-1'));
    expect(bytes(routingKeyBytes)).toEqual(latin1('\xe9'));
    expect(bytes(contentHeaderBytes).includes(latin1('ren\xe9-1'))).toBe(true);
  });

  it('is not taken for a duplicate of another whose id differs in such a byte', async () => {
    await publish({ messageId: latin1('ren\xe9-1') }, body());
    expect(await rejectedOne()).toMatchObject({ errors: [{ field: 'message_id', message: 'must be UTF-8' }] });
    await publish({ messageId: latin1('ren\xe8-1') }, body());
    expect(await rejectedOne()).toMatchObject({ errors: [{ field: 'message_id', message: 'must be UTF-8' }] });
    await publish({ messageId: 'rené-1' }, body());
    await handled('rené-1');
  });

  it.each<[string, Buffer, string]>([
    ['an integer beyond a double', value.int64(9007199254740993n), '9007199254740993'],
    ['the least integer', value.int64(-(2n ** 63n)), '-9223372036854775808'],
    ['a small integer', value.int8(-5), '-5'],
  ])('is none when the partition key is %s: it keeps its digits', async (name, key, expected) => {
    await publish({ headers: fields(['partition-key', key]) }, body(name));
    expect(await bench.event(name)).toMatchObject({ partition_key: expected });
  });

  it('is none when a header is named __proto__, of which nothing is taken for a header', async () => {
    const forged = value.table(fields(['partition-key', value.text('forged')], ['traceparent', value.text('forged')]));
    await publish({ headers: fields(['__proto__', forged]) }, body('proto'));
    expect(await bench.event('proto')).toMatchObject({ partition_key: 'Clients:12' });
  });

  it('is none when it came by AMQP 1.0 and RabbitMQ 3.x left properties and body encoded', async () => {
    const [properties, content] = [latin1('\0St\xc1\x13\x02\xa1\rpartition-key\xa1\x017'), body('amqp-1.0')];
    const headers = fields(['x-amqp-1.0-app-properties', value.text(properties)]);
    const text = Buffer.concat([latin1('\0Sw\xa1'), Buffer.from([content.length]), content]);
    await publish({ headers, type: 'amqp-1.0' }, text);
    expect(await bench.event('amqp-1.0')).toMatchObject({ partition_key: '7', body: content.toString() });
    await publish({ headers, type: 'binary' }, body('data section'));
    expect(await bench.event('data section')).toMatchObject({ partition_key: '7' });
    const map = latin1('\0Sw\xc1\x01\0');
    await publish({ headers, type: 'amqp-1.0' }, map);
    const { message, ...row } = await rejectedOne();
    expect(row).toMatchObject({ reason: 'bad_header', body: map });
    expect(message).toBe('body must be a data section of AMQP 1.0: it is neither text nor bytes');
    await publish({ headers: fields(['x-amqp-1.0-app-properties', value.text(latin1('\0St\xe9'))]) }, body('cut'));
    expect((await rejectedOne()).message).toContain('cannot be read as application properties of AMQP 1.0');
  });

  it('is none when it has as many headers as a frame holds', async () => {
    const headers = fields(...Array.from({ length: 15_000 }, (_, n) => [n.toString(36), value.nothing()] as const));
    await publish({ headers }, body('many'));
    await handled('many');
    await publish({ headers }, Buffer.from('x'));
    expect(Object.keys((JSON.parse((await rejectedOne()).properties) as { headers: object }).headers)).toHaveLength(
      15_000,
    );
  });

  it('does not keep an executor from commands and the news of the registry', async () => {
    const headers = nestedTable(3_600);
    for (const [exchange, routingKey] of [
      ['', commandQueue],
      [configExchange, ''],
    ] as const) {
      await publish({ headers }, Buffer.from('{}'), { exchange, routingKey });
    }
    const requester = await Requester.connect(bench.sandbox.amqpUrl);
    try {
      requester.tell(operationChangedPattern, {});
      expect(await requester.ask('handler.test', {})).toMatchObject({ err: { code: 'malformed_command' } });
      await bench.addHandler({
        name: 'news',
        event: 'clients.create',
        task: { type: 'http', url: target.url(), method: 'POST', headers: {} },
      });
    } finally {
      await requester.close();
    }
  });

  it('from the intake is rejected where it came in, whatever else is in its queue', async () => {
    await publish({ headers: nestedTable(3_600) }, body('direct'), { exchange: '', routingKey: intakeQueue });
    expect(await rejectedOne()).toMatchObject({ reason: 'bad_header', routing_key: intakeQueue });
  });
});

describe('a message that Provisor fails on each time it comes', () => {
  it('is kept, and the events behind it are handled', async () => {
    await using resources = new AsyncDisposableStack();
    const bench = await Workbench.open();
    resources.defer(() => bench.close());
    const target = await RecordingTarget.listen();
    resources.defer(() => target.close());
    const publisher = await RawPublisher.connect(bench.sandbox.amqpUrl);
    resources.defer(() => publisher.close());
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    await bench.addHandler({ name: 'record', event: 'clients.update', task });
    await bench.startExecutor({ logLevel: 'silent' });
    // More handlers than the header of a forwarded event has room for: no client can send it on.
    const replay = '0199c5a2-7f3b-7a11-8d21-00ffff00a1b2';
    const headers = fields(
      ['provisor-replay', value.text(replay)],
      ['provisor-replay-handlers', value.text(Array.from({ length: 2_000 }, () => replay).join(','))],
    );
    const billing = { exchange: 'billing.events', routingKey: 'clients.update' };
    // After an event without an id events are forwarded.
    await publisher.publish({ ...billing, properties: {}, content: body() });
    await eventually(() => (target.calls.length > 0 ? true : undefined));
    const intake = { exchange: '', routingKey: intakeQueue };
    await publisher.publish({ ...intake, properties: { headers }, content: body('stuck') });
    await publisher.publish({ ...billing, properties: {}, content: body('behind') });
    const [row] = await eventually(async () => {
      const rows = await bench.database.query<Rejected[]>('select * from rejected_messages');
      return rows.length > 0 ? rows : undefined;
    });
    expect(row).toMatchObject({ reason: 'internal_error', body: body('stuck') });
    expect(row!.message).toMatch(/^Provisor failed on it 3 times, the last time with: .*exceeds/);
    expect(await bench.event('behind')).toMatchObject({ status: 'succeeded' });
  });
});
