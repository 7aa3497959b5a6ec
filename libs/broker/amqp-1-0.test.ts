import { describe, expect, it } from '@jest/globals';
import { encoded, fields, value } from '../../test/support/raw-publisher.ts';
import { bytesOfValue, isEncodedBody, readApplicationProperties } from './amqp-1-0.ts';
import { readContentHeader } from './content-header.ts';

const section = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const map = (...parts: (string | number[])[]) => {
  const pairs = section(...parts);
  return section('\0St\xd1', [0, 0, 0, pairs.length + 4], [0, 0, 0, 2], pairs.toString('latin1'));
};
/** As Qpid Proton 0.37 encodes them and RabbitMQ 3.10 hands them on. */
const captured = section(
  '\0St\xd1',
  [0, 0, 0, 0xc6],
  [0, 0, 0, 26],
  '\xa1\rpartition-key\xa1\x0212',
  '\xa1\x0btraceparent\xa1\x0500-ab',
  '\xa1\x01n\x80\x80\0\0\0\0\0\0\x05',
  '\xa1\x03negU\xfb',
  '\xa1\x01bA',
  '\xa1\x04none@',
  '\xa1\x01f\x82?\xf8\0\0\0\0\0\0',
  '\xa1\x03uni\xa1\x02\xc3\xa9',
  '\xa1\x04long\xb1\0\0\0\x03xxx',
  '\xa1\x03bin\xa0\x01\xff',
  '\xa1\x01u\x98\x19-\x8b\xd4f\\BI\xa6\xa4\xbc\xce\xa7\xd6\xaf\xd7',
  '\xa1\x02ts\x83\0\0\x01\x9c\xa8\x9b\xaa\xa0',
  '\xa1\x03sym\xa3\x01s',
);

function header(...list: Parameters<typeof fields>) {
  const beforeFlags = Buffer.from([0, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
  return readContentHeader(Buffer.concat([beforeFlags, encoded({ headers: fields(...list) })]));
}

describe('the application properties of AMQP 1.0', () => {
  it('are read with their types', () => {
    expect(Object.fromEntries(readApplicationProperties(captured))).toEqual({
      'partition-key': '12',
      traceparent: '00-ab',
      n: 9223372036854775813n,
      neg: -5,
      b: true,
      none: null,
      f: 1.5,
      uni: 'é',
      long: 'xxx',
      bin: Buffer.from([0xff]),
      u: '192d8bd4-665c-4249-a6a4-bccea7d6afd7',
      ts: { '!': 'timestamp', value: 1_772_355_300 },
      sym: 's',
    });
  });

  it.each<[string, string, unknown]>([
    ['a ubyte', '\x50\xff', 255],
    ['a ushort', '\x60\xff\xff', 65535],
    ['a uint', '\x70\xff\xff\xff\xff', 4294967295],
    ['a small uint', '\x52\x07', 7],
    ['uint 0', '\x43', 0],
    ['a small ulong', '\x53\x07', 7],
    ['ulong 0', '\x44', 0],
    ['a byte', '\x51\xff', -1],
    ['a short', '\x61\xff\xff', -1],
    ['an int', '\x71\xff\xff\xff\xff', -1],
    ['a small int', '\x54\xff', -1],
    ['a long', '\x81\x80\0\0\0\0\0\0\0', -9223372036854775808n],
    ['a long that a double holds', '\x81\0\0\0\0\0\0\0\x07', 7],
    ['a boolean of a byte', '\x56\x01', true],
    ['falsehood', '\x42', false],
    ['a float', '\x72\x3e\x80\0\0', 0.25],
    ['a character', '\x73\0\x01\xf6\0', '😀'],
    ['a decimal', '\x74\0\0\0\x07', Buffer.from([0, 0, 0, 7])],
    ['long bytes', '\xb0\0\0\0\x01\xff', Buffer.from([0xff])],
    ['a long symbol', '\xb3\0\0\0\x01s', 's'],
    ['a list', '\xc0\x02\x01\x41', Buffer.from([1, 0x41])],
  ])('may be %s', (_name, encodedValue, expected) => {
    expect(readApplicationProperties(map('\xa1\x01a', encodedValue))).toEqual([['a', expected]]);
  });

  it('stand among the headers, where RabbitMQ has left them encoded', () => {
    const { properties, faults } = header(
      ['x-amqp-1.0-app-properties', value.text(captured)],
      ['x-amqp-1.0-properties', value.text(section('\0Ss\xc0\x05\x01\xa1\x02m3'))],
      ['own', value.text('x')],
    );
    expect(faults).toEqual([]);
    expect(properties.headers).toMatchObject({ 'partition-key': '12', uni: 'é', own: 'x' });
    expect(properties.headers!['x-amqp-1.0-app-properties']).toEqual(captured);
  });

  it.each<[string, Buffer | string, string]>([
    ['nothing', '', 'it ends too early'],
    ['another section', section('\0Ss\xc0\x05\x01\xa1\x02m3'), 'it is another section'],
    ['a list', section('\0St\x45'), 'it is no map'],
    ['a map that is cut', captured.subarray(0, 60), 'it ends too early'],
    ['a map of more than there is', section('\0St\xd1', [0, 0, 0, 9], [0xff, 0xff, 0xff, 0xfe]), 'it ends too early'],
    ['a name that is no text', map('\x52\x01\x41'), 'a name in it is no text'],
    ['a text that is not UTF-8', map('\xa1\x01a\xa1\x01\xe9'), 'a text in it is not UTF-8'],
    ['half a surrogate pair', map('\xa1\x01a\x73\0\0\xd8\0'), 'a character in it is none'],
    ['a type that does not exist', map('\xa1\x01a\x11'), 'it has a type that AMQP 1.0 does not know: 0x11'],
  ])('are a fault of the header when they are %s', (_name, bytes, says) => {
    expect(header(['x-amqp-1.0-app-properties', value.text(bytes)]).faults).toEqual([
      {
        field: 'x-amqp-1.0-app-properties',
        message: `cannot be read as application properties of AMQP 1.0: ${says}`,
      },
    ]);
  });

  it('never replace a header', () => {
    const list = [
      ['partition-key', value.text('7')],
      ['x-amqp-1.0-app-properties', value.text(captured)],
    ] as const;
    expect(header(...list).faults).toEqual([{ field: 'partition-key', message: 'must not be there twice' }]);
  });
});

describe('a body of AMQP 1.0 that is one value', () => {
  it.each([
    ['a text', '\0Sw\xa1\x02{}'],
    ['a long text', '\0Sw\xb1\0\0\0\x02{}'],
    ['bytes', '\0Sw\xa0\x02{}'],
    ['many bytes', '\0Sw\xb0\0\0\0\x02{}'],
  ])('is what stands in %s', (_name, body) => {
    expect(isEncodedBody('amqp-1.0', section(body))).toBe(true);
    expect(bytesOfValue(section(body)).toString()).toBe('{}');
  });

  it.each([
    ['a map', '\0Sw\xd1\0\0\0\x04\0\0\0\0', 'it is neither text nor bytes'],
    ['a sequence', '\0Sv\x45', 'it is another section'],
    ['cut', '\0Sw\xa1\x09{}', 'it ends too early'],
  ])('is none when it is %s', (_name, body, says) => {
    expect(() => bytesOfValue(section(body))).toThrow(says);
  });

  it('is none where only the property says so', () => {
    expect(isEncodedBody('amqp-1.0', Buffer.from('{}'))).toBe(false);
    expect(isEncodedBody('binary', section('\0Sw\xa1\x02{}'))).toBe(false);
  });
});
