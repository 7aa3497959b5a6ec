import { describe, expect, it } from '@jest/globals';
import { CloudEvent, HTTP } from 'cloudevents';
import { decodeBillingEvent } from '../billing-event.ts';
import { EventRejected } from '../event-rejected.ts';
import { nativeEventText } from '../billing-event.ts';
import { cloudEventText } from './cloud-event-text.ts';
import { cloudEventsJsonType, cloudEventsPrefix } from './cloud-event.ts';

/** As the SDK of CloudEvents for JavaScript reads it. */
function readElsewhere(text: string): CloudEvent<unknown> {
  const event = HTTP.toEvent({ headers: { 'content-type': `${cloudEventsJsonType}; charset=utf-8` }, body: text });
  if (!(event instanceof CloudEvent)) throw new Error('it was taken for several');
  expect(event.validate()).toBe(true);
  return event as CloudEvent<unknown>;
}

const native = (text: string, headers: Record<string, unknown> = {}) =>
  decodeBillingEvent(Buffer.from(text), { headers });
const event = '"event":{"id":"e-1","dt":"2026-03-01 10:15:00.25+01:00","events_id":"clients.update","object_id":12}';

describe('a CloudEvent that goes out', () => {
  it('has every attribute, and the data, and can be read by others', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const text = `{${event}, "data": {"id": 12}, "previous": null}`;
    const sent = cloudEventText(native(text, { 'partition-key': '7', traceparent }), '/billing');
    expect(JSON.parse(sent)).toEqual({
      specversion: '1.0',
      id: 'e-1',
      source: '/billing',
      type: 'clients.update',
      subject: '12',
      time: '2026-03-01T10:15:00.25+01:00',
      datacontenttype: 'application/json',
      partitionkey: '7',
      traceparent,
      data: { id: 12 },
    });
    expect(readElsewhere(sent)).toMatchObject({ id: 'e-1', subject: '12', traceparent, data: { id: 12 } });
  });

  it('has the data byte for byte', () => {
    const data = '{\n "big": 12345678901234567890, "e": 1.10E+2, "data": [{"}": "\\\\\\"{"}], "u": "\\u00e9é" }';
    for (const text of [`{${event},"data" : ${data} }`, `{"\\u0064ata":${data},${event}}`]) {
      expect(cloudEventText(native(text), '/billing')).toContain(`"data":${data}}`);
    }
  });

  it('is for a native handler what it is without its attributes, all else as it is written', () => {
    const rest = `${event},"data":{"big":12345678901234567890,"cloudevent_attributes":1},"more" : [1.0]`;
    const carrying = native(`{"cloudevent_attributes": {"source":"/a"},${rest}}`);
    expect(nativeEventText(carrying)).toBe(`{${rest.replace(' : ', ':')}}`);
    expect(nativeEventText(native(`{${rest}}`))).toBe(`{${rest}}`);
  });

  it('comes in again as the same event, with what was before', () => {
    const previous =
      '{"name":\t"My \\"name\\"",\r\n"big":12345678901234567890,"control":"\\u0000\u007f\uffff\u{1fffe}"}';
    const first = native(`{${event},"data":{"id":12},"previous":${previous}}`, { 'partition-key': 'é' });
    const sent = cloudEventText(first, '/billing');
    const attribute = (JSON.parse(sent) as { previous: string }).previous;
    expect(attribute).not.toMatch(/[\p{Cc}\p{Noncharacter_Code_Point}]/u);
    expect(attribute).toContain('12345678901234567890');
    const again = decodeBillingEvent(Buffer.from(sent), { contentType: cloudEventsJsonType, headers: {} });
    const { id, type, occurredAt, partitionKey, data, previous: before } = first;
    expect(again).toMatchObject({ id, type, occurredAt, partitionKey, data, previous: before, objectId: '12' });
    expect(cloudEventText(again, '/not-this')).toBe(sent);
  });

  it('has of the attributes that are carried only those that are some', () => {
    const carried = {
      source: 'a b',
      specversion: '0.3',
      id: 'x',
      data: 'x',
      Upper: 'x',
      nested: {},
      none: null,
      mine: 1,
    };
    const text = `{${event},"data":{},"cloudevent_attributes":${JSON.stringify(carried)}}`;
    const sent = JSON.parse(cloudEventText(native(text), '/billing')) as object;
    expect(sent).toMatchObject({ specversion: '1.0', id: 'e-1', source: '/billing', mine: 1, data: {} });
    for (const name of ['Upper', 'nested', 'none']) expect(sent).not.toHaveProperty(name);
    for (const other of ['"x"', 'null', '[1]']) {
      const odd = `{${event},"data":{},"cloudevent_attributes":${other}}`;
      expect(JSON.parse(cloudEventText(native(odd), '/billing'))).toMatchObject({ source: '/billing' });
    }
  });
});

it('types of AMQP are carried as JSON has them', () => {
  const attributes = {
    specversion: '1.0',
    id: 'e',
    source: '/b',
    type: 'clients.update',
    subject: '12',
    long: 5n,
    flag: true,
    bytes: Buffer.from('Ma'),
    at: { '!': 'timestamp', value: 1772356500 },
  };
  const headers = Object.entries(attributes).map(([name, value]) => [cloudEventsPrefix + name, value] as const);
  const read = decodeBillingEvent(Buffer.from('{}'), { headers: Object.fromEntries(headers) });
  expect(JSON.parse(cloudEventText(read, '/billing'))).toMatchObject({
    source: '/b',
    long: 5,
    flag: true,
    bytes: 'TWE=',
    at: '2026-03-01T09:15:00.000Z',
  });
  const tooLong = Object.fromEntries([...headers, [`${cloudEventsPrefix}long`, 2n ** 31n]]);
  expect(() => decodeBillingEvent(Buffer.from('{}'), { headers: tooLong })).toThrow(EventRejected);
});
