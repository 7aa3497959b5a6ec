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

  it.each([undefined, '', 'application/json', 'APPLICATION/JSON', 'application/json; charset=utf-8'])(
    'may come with content type %s',
    (contentType) => {
      expect(decode({ event, data }, { contentType }).id).toBe('e-1');
    },
  );

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
  ])('happened when its time says: %s', (dt, time) => {
    expect(decode({ event: { ...event, dt }, data }).occurredAt).toBe(time);
  });

  it('may be about an object whose id is text', () => {
    const decoded = decode({ event: { ...event, object_id: 'A-12' }, data });
    expect(decoded).toMatchObject({ objectId: 'A-12', partitionKey: 'Clients:A-12' });
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
      '"__proto__":{"n":1e2},"text":"\\ud800\\u0000é"';
    const without = `{"event":${JSON.stringify(eventWithoutId)},"data":{${rest}}}`;
    const { body } = decode(without, { messageId: 'm-1' });
    expect(body).toBe(
      `{"event":${JSON.stringify({ ...eventWithoutId, id: 'm-1' })},"data":{${rest.replace('1E+400', '1E+400')}}}`,
    );
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

  it.each([true, { a: 1 }, ['12'], 'a\nb', 'x'.repeat(256)])('is never a header that names nothing', (header) => {
    const { reason, errors } = rejection({ event, data }, { headers: { 'partition-key': header } });
    expect(reason).toBe('bad_header');
    expect(errors).toMatchObject([{ field: 'partition-key' }]);
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
    ['another content type', 'unsupported_content_type', { event, data }, { contentType: 'text/plain' }],
    ['a compressed body', 'unsupported_content_type', { event, data }, { contentEncoding: 'gzip' }],
    ['a type that nobody knows', 'unknown_event_type', withEvent({ events_id: 'clients.explode' })],
  ])('%s is rejected as such', (_name, reason, body, envelope = {}) => {
    expect(rejection(body, envelope)).toMatchObject({ reason, name: 'EventRejected' });
  });

  it('broken UTF-8 is rejected as such', () => {
    const content = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    expect(() => decodeBillingEvent(content, { headers: {} })).toThrow('body must be UTF-8');
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
