import { describe, expect, it } from '@jest/globals';
import { decodeBillingEvent, nativeContent } from '../billing-event.ts';
import type { EventEnvelope } from '../event-envelope.ts';
import { EventRejected } from '../event-rejected.ts';
import { maxEventBytes, maxEventDepth } from '../event-text.ts';

const attributes = {
  specversion: '1.0',
  type: 'clients.update',
  source: '/billing',
  id: 'A234-1234-1234',
  time: '2026-03-01T09:15:00Z',
  subject: '12',
};
const data = { id: 12, name: 'My changed name' };
const body = { event: { id: attributes.id, dt: attributes.time, events_id: attributes.type, object_id: '12' }, data };
const structuredType = 'application/cloudevents+json';

interface Message {
  content: Buffer;
  envelope: EventEnvelope;
}

function structured(document: unknown, envelope: Partial<EventEnvelope> = {}): Message {
  const content = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return { content, envelope: { contentType: structuredType, headers: {}, ...envelope } };
}

function binary(
  given: object,
  text = JSON.stringify(data),
  envelope: Partial<EventEnvelope> = {},
  prefix = 'cloudEvents:',
): Message {
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [prefix + name, value as unknown]));
  return { content: Buffer.from(text), envelope: { contentType: 'application/json', headers, ...envelope } };
}

function withHeader({ content, envelope }: Message, headers: Record<string, unknown>): Message {
  return { content, envelope: { ...envelope, headers: { ...envelope.headers, ...headers } } };
}

const decode = ({ content, envelope }: Message) => decodeBillingEvent(content, envelope);

function rejection(message: Message): EventRejected {
  try {
    decode(message);
  } catch (error) {
    if (error instanceof EventRejected) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const without = (name: keyof typeof attributes) => ({ ...attributes, [name]: undefined });

describe('a CloudEvent', () => {
  it.each([
    ['structured', structured({ ...attributes, data })],
    [
      'structured with a charset',
      structured({ ...attributes, data }, { contentType: `${structuredType}; charset=UTF-8` }),
    ],
    [
      'structured, with what is not set as null',
      structured({ ...attributes, dataschema: null, myextension: null, data }),
    ],
    ['binary', binary(attributes)],
    ['binary with the prefix of JMS', binary(attributes, undefined, {}, 'cloudEvents_')],
    ['binary with both prefixes', withHeader(binary(attributes), { cloudEvents_id: attributes.id })],
    ['binary without a content type', binary(attributes, undefined, { contentType: undefined })],
    [
      'binary as text, which many clients say of everything',
      binary(attributes, undefined, { contentType: 'text/plain; charset=utf-8' }),
    ],
    ['binary as bytes', binary(attributes, undefined, { contentType: 'application/octet-stream' })],
    [
      'binary with a JSON format of its own',
      binary(attributes, undefined, { contentType: 'application/vnd.a+json; b=1' }),
    ],
    ['binary with a timestamp of AMQP', binary({ ...attributes, time: { '!': 'timestamp', value: 1772356500 } })],
  ])('%s becomes an event in the native format', (_name, message) => {
    const event = decode(message);
    expect(event).toMatchObject({
      id: 'A234-1234-1234',
      hasOwnId: true,
      type: 'clients.update',
      occurredAt: Date.UTC(2026, 2, 1, 9, 15),
      objectId: '12',
      partitionKey: 'Clients:12',
      data,
      previous: null,
      traceparent: null,
    });
    const { cloudevent_attributes: carried, ...native } = JSON.parse(event.body) as typeof body & {
      cloudevent_attributes: object;
    };
    expect({ ...native, event: { ...native.event, dt: native.event.dt.replace('.000', '') } }).toEqual(body);
    // What there is no other place for.
    expect(carried).toMatchObject({ source: '/billing' });
    // What goes on to a partition is read there as the same.
    const content = nativeContent(event, message.content, message.envelope);
    expect(decodeBillingEvent(content, { contentType: 'application/json', headers: {} })).toEqual(event);
  });

  it.each([
    ['structured', (more: object) => structured({ ...attributes, ...more, data })],
    ['binary', (more: object) => binary({ ...attributes, ...more })],
  ])('%s has its partition key, its trace and what was before as extensions', (_name, message) => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const event = decode(message({ partitionkey: 'client-7', traceparent, previous: '{"name": "My name"}' }));
    expect(event).toMatchObject({ partitionKey: 'client-7', traceparent, previous: { name: 'My name' } });
    const carried = { source: '/billing' };
    expect(JSON.parse(event.body)).toEqual({ ...body, previous: { name: 'My name' }, cloudevent_attributes: carried });
    expect(decode(message({ partitionkey: 7 })).partitionKey).toBe('7');
  });

  it('has the partition key of the header that all events may have, before that of its own', () => {
    const headers = { 'partition-key': 'header' };
    expect(decode(structured({ ...attributes, partitionkey: 'own', data }, { headers })).partitionKey).toBe('header');
    expect(
      decode(structured({ ...attributes, partitionkey: 'own', data }, { headers: { 'partition-key': '' } }))
        .partitionKey,
    ).toBe('own');
  });

  it('may have extensions of any type that nobody knows', () => {
    const extensions = { comexampleextension1: 'value', comexampleothervalue: -5, flag: false };
    expect(decode(structured({ ...attributes, ...extensions, data })).id).toBe(attributes.id);
    expect(decode(binary({ ...attributes, ...extensions, big: 5n, bytes: Buffer.from('x') })).id).toBe(attributes.id);
  });

  it('happened now when it does not say when', () => {
    const before = Date.now();
    const { occurredAt } = decode(structured({ ...without('time'), data }));
    expect(occurredAt).toBeGreaterThanOrEqual(before);
    expect(occurredAt).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    ['structured', (text: string) => structured(`${JSON.stringify(attributes).slice(0, -1)},"data":${text}}`)],
    ['binary', (text: string) => binary(attributes, text)],
  ])('%s keeps every number of its data as it was written', (_name, message) => {
    const text = '{"big":12345678901234567890,"small":0.1000,"exponent":1E+400,"list":[[1.0]]}';
    expect(decode(message(text)).body).toContain(`"data":${text}`);
  });
});

describe('what is no CloudEvent', () => {
  it.each<[fields: string, message: Message]>([
    ['specversion', structured({ ...without('specversion'), data })],
    ['specversion', structured({ ...attributes, specversion: '0.3', data })],
    ['specversion', structured({ ...attributes, specversion: 1, data })],
    ['specversion', binary(without('specversion'))],
    ['id', structured({ ...without('id'), data }, { messageId: 'm-1' })],
    ['id', structured({ ...attributes, id: '', data })],
    ['id', structured({ ...attributes, id: 12, data })],
    ['id', binary({ ...attributes, id: Buffer.from('x') })],
    ['source', structured({ ...without('source'), data })],
    ['source', structured({ ...attributes, source: '', data })],
    ['source', structured({ ...attributes, source: 'a b', data })],
    ['source', structured({ ...attributes, source: '%zz', data })],
    ['type', structured({ ...without('type'), data })],
    ['type', binary({ ...attributes, type: null })],
    ['type', structured({ ...attributes, data }, { routingKey: 'clients.create' })],
    ['subject', structured({ ...without('subject'), data })],
    ['subject', structured({ ...attributes, subject: '', data })],
    ['subject', structured({ ...attributes, subject: 12, data })],
    ['time', structured({ ...attributes, time: 'yesterday', data })],
    ['time', binary({ ...attributes, time: 1772356500 })],
    ['dataschema', structured({ ...attributes, dataschema: '/relative', data })],
    ['datacontenttype', structured({ ...attributes, datacontenttype: 'application/xml', data })],
    ['datacontenttype', structured({ ...attributes, datacontenttype: 'json', data })],
    ['partitionkey', structured({ ...attributes, partitionkey: '', data })],
    ['partitionkey', structured({ ...attributes, partitionkey: 1.5, data })],
    ['previous', structured({ ...attributes, previous: { name: 'x' }, data })],
    ['previous', structured({ ...attributes, previous: '[]', data })],
    ['previous', binary({ ...attributes, previous: '{},"data":{}' })],
    ['my_extension', structured({ ...attributes, my_extension: 'x', data })],
    ['myExtension', binary({ ...attributes, myExtension: 'x' })],
    ['mine', structured({ ...attributes, mine: { a: 1 }, data })],
    ['mine', structured({ ...attributes, mine: 1.5, data })],
    ['mine', structured({ ...attributes, mine: 2 ** 31, data })],
    ['mine', structured({ ...attributes, mine: 'a\u0000', data })],
    ['data', structured(attributes)],
    ['data', structured({ ...attributes, data: null })],
    ['data', structured({ ...attributes, data: 'text' })],
    ['data', binary(attributes, '')],
    ['data', binary(attributes, '[]')],
    ['data_base64,data', structured({ ...attributes, data_base64: 'not base64' })],
    ['datacontenttype', binary(attributes, undefined, { contentType: 'text/xml' })],
    ['id', withHeader(binary(attributes), { cloudEvents_id: 'another' })],
    ['id', structured(JSON.stringify({ ...attributes, data }).replace('{', '{"id":"another",'))],
    ['data', structured(JSON.stringify({ ...attributes, data }).replace('{', '{"data":{},'))],
    ['', structured([])],
  ])('is told which attribute does not fit: %s in %j', (fields, message) => {
    const { reason, errors } = rejection(message);
    expect(reason).toBe('wrong_shape');
    expect(errors.map(({ field }) => field).join()).toBe(fields);
    for (const { message } of errors) expect(message).toMatch(/^(body )?(must |is no)/);
  });

  it('is told of everything that is wrong at once', () => {
    const { errors } = rejection(structured({ specversion: '2', type: 'clients.update', time: 'soon', data: [] }));
    expect(errors.map(({ field }) => field)).toEqual(['id', 'source', 'subject', 'specversion', 'time', 'data']);
  });

  it('of a type that nobody knows is rejected as such', () => {
    const { reason, errors } = rejection(structured({ ...attributes, type: 'com.example.someevent', data }));
    expect({ reason, fields: errors.map(({ field }) => field) }).toEqual({
      reason: 'unknown_event_type',
      fields: ['type'],
    });
  });

  it.each([
    ['a batch', 'application/cloudevents-batch+json', /batches/],
    ['another format', 'application/cloudevents+avro', /must come as application\/cloudevents\+json/],
    ['no format', 'application/cloudevents', /must come as application\/cloudevents\+json/],
  ])('but %s is rejected as such', (_name, contentType, words) => {
    const { reason, message } = rejection(structured([{ ...attributes, data }], { contentType }));
    expect(reason).toBe('unsupported_content_type');
    expect(message).toMatch(words);
  });

  it('because of its body is rejected as any other event', () => {
    expect(rejection(structured('{"specversion":')).reason).toBe('not_json');
    expect(rejection(binary(attributes, '{},"event":{}')).reason).toBe('not_json');
    expect(rejection(structured({ ...attributes, data }, { contentEncoding: 'gzip' })).reason).toBe(
      'unsupported_content_type',
    );
    expect(rejection({ ...binary(attributes), content: Buffer.from([0x7b, 0xff, 0x7d]) }).reason).toBe('not_utf8');
  });

  it('because it is too long or too deep as an event is rejected before it goes on to a partition', () => {
    const long = JSON.stringify({ a: 'x'.repeat(maxEventBytes - 8) });
    expect(long).toHaveLength(maxEventBytes);
    expect(rejection(binary(attributes, long)).reason).toBe('too_large');
    const deep = `{"a":${'['.repeat(maxEventDepth - 1)}${']'.repeat(maxEventDepth - 1)}}`;
    expect(rejection(binary(attributes, deep)).reason).toBe('too_deep');
  });
});

it('an event in the native format may have a stray header of CloudEvents', () => {
  const event = decodeBillingEvent(Buffer.from(JSON.stringify(body)), { headers: { 'cloudEvents:mine': 'x' } });
  expect(event.body).toBe(JSON.stringify(body));
});
