import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { intakeQueue } from '#contracts';
import { eventually } from '../../../test/support/eventually.ts';
import { RecordingTarget } from '../../../test/support/recording-target.ts';
import { Workbench } from './testing/workbench.ts';

const event = { id: 'x', dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.update', object_id: 12 };
const json = (document: unknown) => Buffer.from(JSON.stringify(document));
const withEvent = (changes: object, rest: object = { data: {} }) => json({ event: { ...event, ...changes }, ...rest });
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

const cases: [name: string, reason: string, content: Buffer, options?: object, routingKey?: string][] = [
  ['nothing', 'not_json', Buffer.alloc(0)],
  ['no JSON', 'not_json', Buffer.from('hello')],
  ['half a JSON', 'not_json', Buffer.from('{"event":')],
  ['a byte order mark', 'not_json', Buffer.from('\ufeff{}')],
  ['a NUL', 'not_json', Buffer.from('{"event":"\0"}')],
  ['single quotes', 'not_json', Buffer.from("{'event':{}}")],
  ['a trailing comma', 'not_json', Buffer.from('{"event":{},}')],
  ['NaN', 'not_json', Buffer.from('{"event":NaN}')],
  ['broken UTF-8', 'not_utf8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ['UTF-16', 'not_utf8', Buffer.from('\ufeff{"event":{}}', 'utf16le')],
  ['an array', 'wrong_shape', Buffer.from('[]')],
  ['null', 'wrong_shape', Buffer.from('null')],
  ['a number', 'wrong_shape', Buffer.from('1e400')],
  ['an empty object', 'wrong_shape', Buffer.from('{}')],
  ['an event that is a list', 'wrong_shape', json({ event: [], data: {} })],
  ['no data', 'wrong_shape', withEvent({}, {})],
  ['data that is text', 'wrong_shape', withEvent({}, { data: 'x' })],
  ['previous that is a list', 'wrong_shape', withEvent({}, { data: {}, previous: [] })],
  ['an id that is a number', 'wrong_shape', withEvent({ id: 1 })],
  ['an id with a NUL', 'wrong_shape', withEvent({ id: 'a\0b' })],
  ['an id with half a surrogate pair', 'wrong_shape', withEvent({ id: '\ud800' })],
  ['an id without end', 'wrong_shape', withEvent({ id: 'x'.repeat(256) })],
  ['no time', 'wrong_shape', withEvent({ dt: undefined })],
  ['a time without an offset', 'wrong_shape', withEvent({ dt: '2026-03-01T09:15:00' })],
  ['a thirteenth month', 'wrong_shape', withEvent({ dt: '2026-13-01T09:15:00Z' })],
  ['a time before 1970', 'wrong_shape', withEvent({ dt: '0000-01-01T00:00:00Z' })],
  ['an object id that is an object', 'wrong_shape', withEvent({ object_id: {} })],
  ['an object id with decimals', 'wrong_shape', withEvent({ object_id: 1.5 })],
  [
    'an object id beyond a double',
    'wrong_shape',
    Buffer.from(withEvent({ object_id: 1 }).toString().replace(':1}', ':1e400}')),
  ],
  ['a type that is an object', 'wrong_shape', withEvent({ events_id: {} })],
  ['a type that differs from the routing key', 'wrong_shape', withEvent({ events_id: 'clients.create' })],
  [
    'a type that nobody knows',
    'unknown_event_type',
    withEvent({ events_id: 'clients.explode' }),
    {},
    'clients.explode',
  ],
  ['__proto__ for a type', 'unknown_event_type', withEvent({ events_id: '__proto__' }), {}, '__proto__'],
  ['brackets without end', 'too_deep', Buffer.from(nested(500_000))],
  ['data that is too deep', 'too_deep', Buffer.from(`{"event":${JSON.stringify(event)},"data":{"a":${nested(200)}}}`)],
  ['more than a mebibyte', 'too_large', withEvent({}, { data: { a: 'x'.repeat(1024 * 1024) } })],
  ['another content type', 'unsupported_content_type', withEvent({}), { contentType: 'text/xml' }],
  ['a compressed body', 'unsupported_content_type', withEvent({}), { contentEncoding: 'gzip' }],
  [
    'a batch of CloudEvents',
    'unsupported_content_type',
    json([]),
    { contentType: 'application/cloudevents-batch+json' },
  ],
  [
    'a CloudEvent of another version',
    'wrong_shape',
    json({ specversion: '0.3', data: {} }),
    { contentType: 'application/cloudevents+json' },
  ],
  ['a CloudEvent without a source', 'wrong_shape', json({}), { headers: { 'cloudEvents:specversion': '1.0' } }],
  ['a partition key that is a table', 'bad_header', withEvent({}), { headers: { 'partition-key': { a: 1 } } }],
  ['a partition key without end', 'bad_header', withEvent({}), { headers: { 'partition-key': 'x'.repeat(300) } }],
  ['a partition key with a NUL', 'bad_header', withEvent({}), { headers: { 'partition-key': 'a\0' } }],
  ['a message id with a line break', 'wrong_shape', withEvent({}), { messageId: 'a\nb' }],
  [
    'hostile headers',
    'not_json',
    Buffer.from('x'),
    { headers: { '\0': '\0', deep: deepTable(30), big: 2 ** 60, ['__proto__']: {} } },
  ],
  ['headers that nest too deep', 'bad_header', Buffer.from('x'), { headers: { deep: deepTable(500) } }],
];

function deepTable(depth: number): object {
  return depth === 0 ? {} : { a: deepTable(depth - 1) };
}

describe('a message that is no billing event', () => {
  let bench: Workbench;
  let target: RecordingTarget;

  beforeAll(async () => {
    bench = await Workbench.open();
    target = await RecordingTarget.listen();
    const task = { type: 'http', url: target.url(), method: 'POST', headers: {} } as const;
    await bench.addHandler({ name: 'record', event: 'clients.update', task });
    await bench.startExecutor({ logLevel: 'silent' });
  });

  afterAll(async () => {
    await bench.close();
    await target.close();
  });

  // Not by it.each, which prints every argument for the titles: some are a mebibyte long, or 500 levels deep.
  for (const [name, reason, content, options, routingKey = 'clients.update'] of cases) {
    it(`${name} is kept with reason ${reason} and its bytes, and the next message is handled`, async () => {
      const billing = await bench.billing();
      await bench.database.query('delete from rejected_messages');
      await billing.publishRaw(routingKey, content, options);
      const row = await eventually(async () => {
        const rows = await bench.database.query<{ reason: string; body: Buffer; size: number }[]>(
          'select * from rejected_messages',
        );
        return rows[0];
      });
      expect(row).toMatchObject({ reason, size: content.length, routing_key: routingKey });
      expect(row.body.equals(content)).toBe(true);

      const id = `after ${name}`;
      await billing.publish({ type: 'clients.update', id });
      expect(await bench.event(id)).toMatchObject({ status: 'succeeded' });
      const left = await bench.database.query<unknown[]>('select 1 from rejected_messages');
      expect(left).toHaveLength(1);
    });
  }

  const accepted: [name: string, content: Buffer][] = [
    ['the largest body', withEvent({ id: 'largest' }, { data: { a: 'x'.repeat(1024 * 1024 - 200) } })],
    ['escaped NULs and half surrogates in data', withEvent({ id: 'escapes' }, { data: { a: '\0\ud800', '\0': 1 } })],
    [
      'numbers that no double holds',
      Buffer.from(withEvent({ id: 'numbers' }).toString().replace('{}', '{"n":123456789012345678901234567890.0001}')),
    ],
    [
      '__proto__ and constructor',
      Buffer.from(withEvent({ id: 'proto' }).toString().replace('{}', '{"__proto__":{"x":1},"constructor":2}')),
    ],
    ['the same name twice', Buffer.from(withEvent({ id: 'names' }).toString().replace('{}', '{"a":1,"a":2}'))],
    [
      'white space all over',
      Buffer.from(` \r\n\t${JSON.stringify({ event: { ...event, id: 'space' }, data: {} }, null, 8)}\n`),
    ],
    ['more fields than we know', withEvent({ id: 'more', extra: [1] }, { data: {}, extra: { a: 1 } })],
  ];
  for (const [name, content] of accepted) {
    it(`${name} is no reason to reject, and reaches handlers byte for byte`, async () => {
      const billing = await bench.billing();
      target.calls.length = 0;
      await billing.publishRaw('clients.update', content, { contentType: 'application/json; charset=utf-8' });
      const id = (JSON.parse(content.toString()) as { event: { id: string } }).event.id;
      expect(await bench.event(id)).toMatchObject({ status: 'succeeded' });
      expect(target.calls.map(({ body }) => body === content.toString())).toEqual([true]);
    });
  }

  it('the largest body without an id is no reason to reject, although the id makes it longer', async () => {
    const billing = await bench.billing();
    target.calls.length = 0;
    const frame = withEvent({ id: undefined }, { data: { a: '' } }).length;
    const content = withEvent({ id: undefined }, { data: { a: 'x'.repeat(1024 * 1024 - frame) } });
    expect(content.length).toBe(1024 * 1024);
    await billing.publishRaw('clients.update', content);
    await eventually(() => (target.calls.length === 1 ? true : undefined));
    expect(await bench.event(String(target.calls[0]!.headers['provisor-event-id']))).toMatchObject({
      status: 'succeeded',
    });
  });

  it('without an id takes the message id, and is given one when there is none', async () => {
    const billing = await bench.billing();
    target.calls.length = 0;
    const content = Buffer.from(
      withEvent({ id: undefined }, { data: { n: 1 } })
        .toString()
        .replace(':1}', ':12345678901234567890}'),
    );
    await billing.publishRaw('clients.update', content, { messageId: 'from the message' });
    await bench.event('from the message');
    await billing.publishRaw('clients.update', content);
    await eventually(() => (target.calls.length === 2 ? true : undefined));
    const sent = target.calls.map(({ headers, body }) => ({ id: headers['provisor-event-id'], body }));
    expect(sent[0]).toMatchObject({ id: 'from the message' });
    for (const { id, body } of sent) {
      expect((JSON.parse(body) as { event: { id: string } }).event.id).toBe(id);
      expect(body).toContain('12345678901234567890');
    }
  });
});

describe('a message that is rejected, and delivered again since its acknowledgement was lost', () => {
  it('is kept once; another with the same content that is published is kept as well', async () => {
    await using resources = new AsyncDisposableStack();
    const bench = await Workbench.open();
    resources.defer(() => bench.close());
    const billing = await bench.billing();
    const publish = () =>
      billing.publishRaw('clients.update', Buffer.from('no event'), { messageId: 'm-1', correlationId: 'c-1' });
    const rows = () => bench.database.query<{ properties: string }[]>('select properties from rejected_messages');
    const kept = (count: number) => eventually(async () => ((await rows()).length === count ? true : undefined));

    const executor = await bench.startExecutor({ logLevel: 'silent' });
    await publish();
    await kept(1);
    await executor.stop();

    await publish();
    await billing.takeAndLose(intakeQueue);
    await bench.startExecutor({ logLevel: 'silent' });
    await billing.publish({ type: 'clients.update', id: 'behind' });
    await bench.event('behind');
    expect(await rows()).toHaveLength(1);

    await publish();
    await kept(2);
  });
});
