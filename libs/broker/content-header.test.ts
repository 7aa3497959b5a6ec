import { describe, expect, it } from '@jest/globals';
import { maxHeaderDepth, readContentHeader } from './content-header.ts';
import { encoded, fields, nestedTable, value, type RawProperties } from '../../test/support/raw-publisher.ts';

const beforeFlags = Buffer.from([0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
const header = (properties: RawProperties) => Buffer.concat([beforeFlags, encoded(properties)]);
const read = (properties: RawProperties) => readContentHeader(header(properties));
const withHeaders = (...list: Parameters<typeof fields>) => read({ headers: fields(...list) });
const latin1 = Buffer.from('ren\xe9', 'latin1');

describe('a content header', () => {
  it('is read with all its properties and the size of the body', () => {
    const properties = {
      contentType: 'application/json',
      headers: fields(['partition-key', value.text('12')]),
      deliveryMode: 2,
      messageId: 'é-1',
      timestamp: 1_772_355_300n,
      appId: 'billing',
    };
    expect(read(properties)).toEqual({
      bodySize: 5,
      faults: [],
      properties: { ...properties, headers: { 'partition-key': '12' }, timestamp: 1_772_355_300 },
    });
  });

  it('without properties has none', () => {
    expect(read({})).toEqual({ bodySize: 5, properties: {}, faults: [] });
  });

  it.each<[string, Buffer, unknown]>([
    ['a text', value.text('grün'), 'grün'],
    ['bytes', value.bytes(latin1), latin1],
    ['a table', value.table(fields(['b', value.int8(-1)])), { b: -1 }],
    ['an array', value.array(value.int16(-300), value.array(), value.nothing()), [-300, [], null]],
    ['an int8', value.int8(-128), -128],
    ['a uint8', value.uint8(255), 255],
    ['an int16', value.int16(-32768), -32768],
    ['a uint16', value.uint16(65535), 65535],
    ['an int32', value.int32(-2147483648), -2147483648],
    ['a uint32', value.uint32(4294967295), 4294967295],
    ['an int64', value.int64(-9007199254740991n), -9007199254740991],
    ['an int64 beyond a double', value.int64(9007199254740993n), 9007199254740993n],
    ['the least int64', value.int64(-9223372036854775808n), -9223372036854775808n],
    ['a uint64', Buffer.concat([Buffer.from('L'), Buffer.alloc(8, 0xff)]), 18446744073709551615n],
    ['a timestamp', value.timestamp(1_772_355_300n), { '!': 'timestamp', value: 1_772_355_300 }],
    ['a timestamp beyond a double', value.timestamp(2n ** 63n), { '!': 'timestamp', value: 2n ** 63n }],
    ['a decimal', value.decimal(2, 4_294_967_295), { '!': 'decimal', value: { places: 2, digits: 4_294_967_295 } }],
    ['a double', value.double(1.5), 1.5],
    ['a float', value.float(0.25), 0.25],
    ['truth', value.boolean(true), true],
    ['nothing', value.nothing(), null],
  ])('may hold %s', (_name, bytes, expected) => {
    const { properties, faults } = withHeaders(['a', bytes], ['after', value.text('x')]);
    expect(properties.headers).toEqual({ a: expected, after: 'x' });
    expect(faults).toEqual([]);
  });

  it('takes __proto__ for a name like any other, in every table', () => {
    const inner = value.table(fields(['partition-key', value.text('forged')]));
    const { properties } = withHeaders(['__proto__', inner], ['t', value.table(fields(['__proto__', inner]))]);
    const headers = properties.headers as Record<string, Record<string, unknown>>;
    expect(headers['partition-key']).toBeUndefined();
    expect('partition-key' in headers).toBe(false);
    expect(Object.keys(headers)).toEqual(['__proto__', 't']);
    expect(headers['t']!['partition-key']).toBeUndefined();
  });

  it.each([maxHeaderDepth, 3_600, 20_000])('that nests %d deep is told, and what follows is read', (depth) => {
    const { properties, faults } = read({ headers: nestedTable(depth), messageId: 'm' });
    expect(properties.messageId).toBe('m');
    expect(faults).toEqual([
      { field: expect.stringMatching(/^a\.a\./), message: 'must not nest deeper than 32 levels' },
    ]);
  });

  it('that nests as deep as may be is read', () => {
    expect(read({ headers: nestedTable(maxHeaderDepth - 1) }).faults).toEqual([]);
    let array = value.array();
    for (let level = 2; level < maxHeaderDepth; level++) array = value.array(array);
    expect(withHeaders(['a', array]).faults).toEqual([]);
    expect(withHeaders(['a', value.array(array)]).faults).toHaveLength(1);
  });

  it.each<[string, RawProperties, string]>([
    ['a message id', { messageId: latin1 }, 'message_id must be UTF-8'],
    ['a content type', { contentType: latin1 }, 'content_type must be UTF-8'],
    ['an app id', { appId: latin1 }, 'app_id must be UTF-8'],
    ['a header', { headers: fields(['partition-key', value.text(latin1)]) }, 'partition-key must be UTF-8'],
    [
      'a text in a table',
      { headers: fields(['a', value.table(fields(['b', value.text(latin1)]))]) },
      'a.b must be UTF-8',
    ],
    ['a text in an array', { headers: fields(['a', value.array(value.text(latin1))]) }, 'a must be UTF-8'],
    ['a name', { headers: fields([latin1, value.text('x')]) }, 'ren\ufffd must have a name in UTF-8'],
    // A surrogate, as some clients encode it.
    ['half a character', { messageId: Buffer.from([0xed, 0xa0, 0x80]) }, 'message_id must be UTF-8'],
  ])('of which %s is not UTF-8 says so', (_name, properties, told) => {
    expect(read(properties).faults.map(({ field, message }) => `${field} ${message}`)).toEqual([told]);
  });

  it('keeps the bytes of a text that is not UTF-8', () => {
    expect(read({ messageId: latin1 }).properties.messageId).toEqual(latin1);
  });

  it('tells a name that is there twice', () => {
    const { faults } = withHeaders(['partition-key', value.text('1')], ['partition-key', value.text('2')]);
    expect(faults).toEqual([{ field: 'partition-key', message: 'must not be there twice' }]);
  });

  it.each<[string, Buffer]>([
    ['a type that nobody knows', Buffer.from('Z12')],
    ['a text that is longer than the table', Buffer.from('S\xff\xff\xff\xff', 'latin1')],
    ['a table that is longer than the table', Buffer.from('F\x00\x00\x00\x09a', 'latin1')],
    ['an array that ends in an item', value.array(Buffer.from('I\x00'))],
    ['no value', Buffer.alloc(0)],
  ])('with %s says where it cannot be read, and reads what follows the table', (_name, bytes) => {
    const { properties, faults } = read({ headers: fields(['first', value.text('x')], ['a', bytes]), messageId: 'm' });
    expect(properties).toMatchObject({ headers: { first: 'x' }, messageId: 'm' });
    expect(faults).toEqual([{ field: 'headers', message: expect.stringMatching(/^cannot be read: /) }]);
  });

  it('is never more than a fault, wherever it ends', () => {
    const whole = header({
      contentType: 'application/json',
      headers: fields(['a', value.table(fields(['b', value.array(value.text('x'), value.int64(1n))]))]),
      messageId: 'm',
      timestamp: 1n,
    });
    for (let length = 0; length < whole.length; length++) {
      expect(readContentHeader(whole.subarray(0, length)).faults).toHaveLength(1);
    }
    expect(readContentHeader(whole).faults).toEqual([]);
  });

  it('tells a bounded number of faults, each of bounded length, of as many fields as a frame holds', () => {
    const list = Array.from({ length: 30_000 }, (_, n) => [`${n}${'x'.repeat(100)}`, value.text(latin1)] as const);
    const { faults, properties } = withHeaders(...list);
    expect(Object.keys(properties.headers!)).toHaveLength(30_000);
    expect(faults).toHaveLength(16);
    for (const { field } of faults) expect(field.length).toBeLessThanOrEqual(101);
  });
});
