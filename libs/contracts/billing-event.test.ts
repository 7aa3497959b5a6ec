import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { validate, version } from 'uuid';
import { decodeBillingEvent } from './billing-event.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { EventRejected } from './event-rejected.ts';
import { maxEventBytes, maxEventDepth } from './event-text.ts';

const event = { id: 'e-1', dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.update', object_id: 12 };
const eventWithoutId = { dt: event.dt, events_id: event.events_id, object_id: event.object_id };
const data = { id: 12, name: 'My changed name' };

function decode(body: unknown, envelope: Partial<EventEnvelope> = {}) {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  return decodeBillingEvent(Buffer.from(content), { headers: {}, ...envelope });
}

function rejection(body: unknown, envelope: Partial<EventEnvelope> = {}): EventRejected {
  try {
    decode(body, envelope);
  } catch (error) {
    if (error instanceof EventRejected) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a billing event', () => {
  it('is decoded with all that it says, and its bytes are kept as they came', () => {
    const body = JSON.stringify({ event, data, previous: { name: 'My name' } }, null, 2);
    const envelope = { contentType: 'application/json', routingKey: 'clients.update', messageId: 'm-1' };
    expect(decode(body, envelope)).toEqual({
      id: 'e-1',
      hasOwnId: true,
      type: 'clients.update',
      occurredAt: Date.UTC(2026, 2, 1, 9, 15),
      objectId: 12,
      partitionKey: 'Clients:12',
      data,
      previous: { name: 'My name' },
      body,
      carriesAttributes: false,
      traceparent: null,
    });
  });

  it.each([
    undefined,
    '',
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF8"',
    // Defaults of clients: php-amqplib; Bunny, AnyEvent::RabbitMQ and Java's MINIMAL_PERSISTENT_BASIC.
    'text/plain',
    'text/plain; charset=UTF-8',
    'application/octet-stream',
  ])('may come with content type %s', (contentType) => {
    expect(decode({ event, data }, { contentType }).id).toBe('e-1');
  });

  it.each([undefined, '', 'identity', 'utf-8', 'UTF8'])('may come with content encoding %s', (contentEncoding) => {
    expect(decode({ event, data }, { contentEncoding }).id).toBe('e-1');
  });

  it.each([
    ['2026-03-01T09:15:00Z', Date.UTC(2026, 2, 1, 9, 15)],
    ['2026-03-01t09:15:00z', Date.UTC(2026, 2, 1, 9, 15)],
    ['2026-03-01 09:15:00+02:00', Date.UTC(2026, 2, 1, 7, 15)],
    ['2026-03-01T09:15:00.123456-05:30', Date.UTC(2026, 2, 1, 14, 45, 0, 123)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['1970-01-01T00:00:00Z', 0],
    ['9999-12-31T23:59:59Z', Date.UTC(9999, 11, 31, 23, 59, 59)],
    ['2016-12-31T23:59:60.5Z', Date.UTC(2017, 0, 1)],
    [`2026-03-01T09:15:00.${'9'.repeat(1_000)}Z`, Date.UTC(2026, 2, 1, 9, 15, 0, 999)],
  ])('happened when its time says: %s', (dt, time) => {
    expect(decode({ event: { ...event, dt }, data }).occurredAt).toBe(time);
  });

  it('may be about an object whose id is text', () => {
    const decoded = decode({ event: { ...event, object_id: 'A-12' }, data });
    expect(decoded).toMatchObject({ objectId: 'A-12', partitionKey: 'Clients:A-12' });
  });

  it.each([
    ['event.id', '{"event":{"id":"a","id":"b"'],
    ['event.object_id', String.raw`{"event":{"id":"a","object\u005fid":1`],
    ['data', '{"data":{},"event":{"id":"a"'],
  ])('has one of each field that says which event it is: not two of %s', (field, beginning) => {
    const text = `${beginning},"dt":"${event.dt}","events_id":"clients.update","object_id":12},"data":{"x":1,"x":2}}`;
    const reject = () => decodeBillingEvent(Buffer.from(text), { headers: {} });
    expect(reject).toThrow(
      expect.objectContaining({ reason: 'wrong_shape', errors: [{ field, message: 'must be there once' }] }),
    );
  });

  it('differs from one whose id has another normalisation form', () => {
    const [composed, decomposed] = ['é', 'e\u0301'].map((id) =>
      decode({ event: { ...event, id, object_id: id }, data }),
    );
    expect(composed!.id).not.toBe(decomposed!.id);
    expect(composed!.partitionKey).not.toBe(decomposed!.partitionKey);
  });

  it.each([undefined, null])('has no previous when that is %s', (previous) => {
    expect(decode({ event, data, previous }).previous).toBeNull();
  });

  it('may nest as deep as allowed, and be as long', () => {
    const levels = maxEventDepth - 2;
    const deep = `{"event":${JSON.stringify(event)},"data":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
    expect(decode(deep).body).toBe(deep);
    const long = JSON.stringify({ event, data: { a: '' } });
    expect(decode(long.replace('"a":""', `"a":"${'x'.repeat(maxEventBytes - long.length)}"`)).id).toBe('e-1');
  });
});

describe('the id of an event', () => {
  it('is its own before that of the message', () => {
    expect(decode({ event, data }, { messageId: 'm-1' })).toMatchObject({ id: 'e-1', hasOwnId: true });
  });

  it.each([{}, { id: null }])(
    'is that of the message when it has none of its own (%j), and is put into the body',
    (id) => {
      const decoded = decode({ event: { ...eventWithoutId, ...id }, data }, { messageId: 'm-1' });
      expect(decoded).toMatchObject({ id: 'm-1', hasOwnId: true });
      expect(JSON.parse(decoded.body)).toEqual({ event: { ...event, id: 'm-1' }, data });
    },
  );

  it.each([undefined, ''])(
    'is made when the message has none either (%j), and is known not to be its own',
    (messageId) => {
      const [first, second] = [1, 2].map(() => decode({ event: eventWithoutId, data }, { messageId }));
      expect(first!.hasOwnId).toBe(false);
      expect(validate(first!.id) && version(first!.id)).toBe(7);
      expect(JSON.parse(first!.body)).toEqual({ event: { ...event, id: first!.id }, data });
      expect(second!.id).not.toBe(first!.id);
    },
  );

  it('is put in without touching a number, a name or a text', () => {
    const rest =
      '"big":12345678901234567890,"small":0.1000,"minus":-0,"exponent":1E+400,"list":[9007199254740993,[1.0]],' +
      '"__proto__":{"n":1e2},"text":"\\ud800\\u0000é","b":1,"2":2,"1":1,"same":1,"same":2';
    const of = (id: string) =>
      `{ "event" : {${id} "dt":"${event.dt}","events_id":"clients.update","object_id":12 },\n"data": {${rest}} }`;
    expect(decode(of(''), { messageId: 'm-1' }).body).toBe(of('"id":"m-1",'));
    expect(decode(of('"id": null ,'), { messageId: 'm-1' }).body).toBe(of('"id": "m-1" ,'));
  });
});

describe('what comes beside the body of an event', () => {
  it('is a reason to reject it when it cannot be read, whatever else is wrong', () => {
    const faults = [{ field: 'message_id', message: 'must be UTF-8' }];
    const { reason, message, errors } = rejection({}, { headers: {}, faults });
    expect({ reason, message, errors }).toEqual({
      reason: 'bad_header',
      message: 'message_id must be UTF-8',
      errors: faults,
    });
  });

  it('tells the true size of a body of which only the beginning is there', () => {
    const { reason, message } = rejection({ event, data }, { headers: {}, size: 5_000_000 });
    expect(reason).toBe('too_large');
    expect(message).toBe('body is 5000000 bytes long, at most 1048576 are accepted');
  });
});

describe('the partition key of an event', () => {
  it.each([
    ['a text', 'client-12', 'client-12'],
    ['a number', 12, '12'],
    ['a 64-bit number', 9007199254740993n, '9007199254740993'],
  ])('is the header when that is %s', (_kind, header, key) => {
    expect(decode({ event, data }, { headers: { 'partition-key': header } }).partitionKey).toBe(key);
  });

  it.each([undefined, null, ''])('is group and object id when the header is %j', (header) => {
    expect(decode({ event, data }, { headers: { 'partition-key': header } }).partitionKey).toBe('Clients:12');
    const account = { ...event, events_id: 'clients.accounts.create' };
    expect(decode({ event: account, data }, { headers: {} }).partitionKey).toBe('Accounts:12');
  });

  it.each([true, { a: 1 }, ['12'], 'a\nb', 'x'.repeat(256), NaN, Infinity, 2 ** 53, -(2 ** 60)])(
    'is never a header that names nothing',
    (header) => {
      const { reason, errors } = rejection({ event, data }, { headers: { 'partition-key': header } });
      expect(reason).toBe('bad_header');
      expect(errors).toMatchObject([{ field: 'partition-key' }]);
    },
  );
});

describe('a partition key in a header with another name', () => {
  it.each(['Partition-Key', 'partition_key', 'partitionKey', 'PARTITION-KEY', 'x-partition-key'])(
    'is not lost: %s is rejected with the name that it should have',
    (name) => {
      const errors = [{ field: name, message: 'must be written partition-key' }];
      expect(rejection({ event, data }, { headers: { [name]: '7' } })).toMatchObject({ reason: 'bad_header', errors });
      const headers = { [name]: '7', 'cloudEvents:specversion': '1.0' };
      expect(rejection(data, { headers })).toMatchObject({ reason: 'bad_header', errors });
    },
  );

  it('says nothing where the right one is there', () => {
    const headers = { 'partition-key': '12', Partition_Key: '7', 'partition-keys': '3' };
    expect(decode({ event, data }, { headers }).partitionKey).toBe('12');
  });
});

describe('the trace of an event', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('is carried on when it is one', () => {
    expect(decode({ event, data }, { headers: { traceparent } }).traceparent).toBe(traceparent);
  });

  it.each([
    undefined,
    7,
    'x',
    `${traceparent}-more`,
    traceparent.toUpperCase(),
    traceparent.replace('00-', 'ff-'),
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
  ])('is ignored, and no fault, when it is %s', (header) => {
    expect(decode({ event, data }, { headers: { traceparent: header } }).traceparent).toBeNull();
  });
});

describe('what is no billing event', () => {
  const withEvent = (changes: object) => ({ event: { ...event, ...changes }, data });

  it.each<[name: string, reason: string, body: unknown, envelope?: Partial<EventEnvelope>]>([
    ['nothing', 'not_json', ''],
    ['no JSON', 'not_json', '{"event":'],
    ['another content type', 'unsupported_content_type', { event, data }, { contentType: 'text/xml' }],
    ...[
      'application/json; charset=windows-1251',
      'text/plain;charset="iso-8859-1"',
      'text/plain; charset=us-ascii',
    ].map((contentType): [string, string, unknown, Partial<EventEnvelope>] => [
      contentType,
      'unsupported_content_type',
      { event, data },
      { contentType },
    ]),
    [
      'a CloudEvent in another charset',
      'unsupported_content_type',
      { specversion: '1.0' },
      { contentType: 'application/cloudevents+json; charset=latin1' },
    ],
    ['a compressed body', 'unsupported_content_type', { event, data }, { contentEncoding: 'gzip' }],
    ['a type that nobody knows', 'unknown_event_type', withEvent({ events_id: 'clients.explode' })],
  ])('%s is rejected as such', (_name, reason, body, envelope = {}) => {
    expect(rejection(body, envelope)).toMatchObject({ reason, name: 'EventRejected' });
  });

  it.each<[name: string, content: Buffer, reason: string, message: string]>([
    [
      'broken UTF-8',
      Buffer.from('{"é\ufffd":"\xe9"}', 'latin1'),
      'not_utf8',
      'body must be UTF-8, which byte 3 (0xE9) is not',
    ],
    [
      'broken UTF-8 behind a U+FFFD',
      Buffer.concat([Buffer.from('{"é\ufffd":"'), Buffer.from([0xe9])]),
      'not_utf8',
      'body must be UTF-8, which byte 11 (0xE9) is not',
    ],
    [
      'UTF-16',
      Buffer.from('\ufeff{}', 'utf16le'),
      'not_utf8',
      'body is UTF-16, as its byte order mark says; publish it as UTF-8',
    ],
    [
      'a byte order mark',
      Buffer.from('\ufeff{}'),
      'not_json',
      'body must be JSON, and begins with a byte order mark (U+FEFF, bytes EF BB BF); publish it without',
    ],
    ['nothing', Buffer.alloc(0), 'not_json', 'body must be JSON, and is empty'],
    [
      'single quotes in the third line',
      Buffer.from(`{\n"event":\n{'id':1}}`),
      'not_json',
      "body must be JSON: expected a property name in double quotes, or }, found ''' (line 3 column 2)",
    ],
    ...(
      [
        ['gzip', gzipSync('{}')],
        ['zlib (deflate)', deflateSync('{"event":{}}')],
        ['zstd', zstdCompressSync('{}')],
      ] as const
    ).map(([name, content]): [string, Buffer, string, string] => [
      `a body compressed with ${name}`,
      content,
      'unsupported_content_type',
      `body is compressed with ${name}; publish it without compression`,
    ]),
  ])('%s is rejected with what to change', (_name, content, reason, message) => {
    expect(() => decodeBillingEvent(content, { headers: {} })).toThrow(expect.objectContaining({ reason, message }));
  });

  it.each<[body: unknown, field: string, says: string, headers?: Record<string, unknown>]>([
    [{ pattern: 'clients.update', data: { event, data } }, '', 'a message of a NestJS client'],
    [[[], {}, {}], '', 'a task of Celery', { task: 'billing.tell', id: '1' }],
    [{ task: 'billing.tell', args: [], kwargs: {} }, '', 'a task of Celery'],
    [
      { specversion: '1.0', type: 'clients.update', data },
      '',
      'publish it with the content type application/cloudevents+json',
    ],
    [{ messageType: ['urn:message:Billing'], message: { event, data } }, '', 'an envelope of MassTransit'],
    [{ uuid: '1', job: 'Illuminate\\Queue\\CallQueuedHandler@call', data: {} }, '', 'a job of Laravel'],
    [{ ...event, data }, '', 'what belongs into "event"'],
    [[{ event, data }], '', 'a list: publish each event by itself'],
    [JSON.stringify({ event, data }), '', 'it was encoded twice'],
    [[], '', 'in PHP an empty object is (object) []'],
    [{ event, data: [] }, 'data', 'in PHP an empty object is (object) []'],
    [{ event, data, previous: [] }, 'previous', 'in PHP an empty object is (object) []'],
    [data, 'ce-id', 'must be written cloudEvents:id', { 'ce-id': 'e-1' }],
    [data, 'CloudEvents:specversion', 'must be written cloudEvents:specversion', { 'CloudEvents:specversion': '1.0' }],
  ])('%j is rejected with what was recognised in it', (body, field, says, headers = {}) => {
    const content = Buffer.from(JSON.stringify(body));
    const errors = [{ field, message: expect.stringContaining(says) }];
    expect(() => decodeBillingEvent(content, { headers })).toThrow(
      expect.objectContaining({ reason: 'wrong_shape', errors, message: expect.stringContaining(says) }),
    );
  });

  it('too long or too deep is rejected before it is parsed', () => {
    expect(rejection('x'.repeat(maxEventBytes + 1)).reason).toBe('too_large');
    expect(rejection('['.repeat(maxEventDepth + 1)).reason).toBe('too_deep');
  });

  it.each<[field: string, body: unknown, envelope?: Partial<EventEnvelope>]>([
    ['', []],
    ['', null],
    ['', 1],
    ['event', {}],
    ['event', { event: [], data }],
    ['event.id', withEvent({ id: 1 })],
    ['event.id', withEvent({ id: '' })],
    ['event.id', withEvent({ id: 'a\nb' })],
    ['message_id', withEvent({}), { messageId: 'a\nb' }],
    ['event.dt', withEvent({ dt: undefined })],
    ['event.dt', withEvent({ dt: 1_772_356_500 })],
    ['event.dt', withEvent({ dt: '2026-03-01' })],
    ['event.dt', withEvent({ dt: '2026-03-01T09:15:00' })],
    ['event.dt', withEvent({ dt: '2026-13-01T09:15:00Z' })],
    ['event.dt', withEvent({ dt: '2026-02-30T09:15:00Z' })],
    ['event.dt', withEvent({ dt: '2026-03-01T25:15:00Z' })],
    ['event.dt', withEvent({ dt: '2026-03-01T24:00:00Z' })],
    ['event.dt', withEvent({ dt: '9999-12-31T23:59:59-01:00' })],
    ['event.dt', withEvent({ dt: '1969-12-31T23:59:59Z' })],
    ['event.dt', withEvent({ dt: 'Sun, 01 Mar 2026 09:15:00 GMT' })],
    ['event.object_id', withEvent({ object_id: undefined })],
    ['event.object_id', withEvent({ object_id: null })],
    ['event.object_id', withEvent({ object_id: 1.5 })],
    ['event.object_id', withEvent({ object_id: 2 ** 53 })],
    ['event.object_id', withEvent({ object_id: '' })],
    ['event.object_id', withEvent({ object_id: true })],
    ['event.events_id', withEvent({ events_id: undefined })],
    ['event.events_id', withEvent({ events_id: '' })],
    ['event.events_id', withEvent({}), { routingKey: 'clients.create' }],
    ['data', { event }],
    ['data', { event, data: [] }],
    ['data', { event, data: 'x' }],
    ['previous', { event, data, previous: 'x' }],
  ])('is told which field does not fit: %s in %j', (field, body, envelope = {}) => {
    const { reason, errors } = rejection(body, envelope);
    expect(reason).toBe('wrong_shape');
    expect(errors).toEqual([{ field, message: expect.stringMatching(/^(body )?must /) }]);
  });

  it('is told of everything that is wrong at once', () => {
    const { errors, message } = rejection({ event: { id: 1, dt: 'x', events_id: 2, object_id: {} }, previous: 3 });
    const fields = ['event.events_id', 'event.id', 'event.dt', 'event.object_id', 'data', 'previous'];
    expect(errors.map(({ field }) => field)).toEqual(fields);
    for (const field of fields) expect(message).toContain(field);
  });
});
