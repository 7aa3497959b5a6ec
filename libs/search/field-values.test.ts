import { describe, expect, it } from '@jest/globals';
import { FieldValues } from './field-values.ts';
import { readSearchField } from './search-field.ts';
import { valueHash } from './value-hash.ts';

function valuesOf(body: string, ...fields: string[]): string[] {
  const values = new FieldValues(fields.map((field) => readSearchField(field)!));
  return values.of(body).map(({ field, value }) => `${field}=${value}`);
}

const inData = (data: string): string =>
  `{"event":{"id":"1","phone":"no"}, "data" : ${data} ,"previous":{"phone":"no"}}`;

describe('the values of a field', () => {
  it.each([
    ['a string', '{"phone":"+4915112345"}', ['phone=+4915112345']],
    ['a string with escapes', '{"phone":"a\\"\\u00e9\\\\"}', ['phone=a"é\\']],
    ['a name with escapes', '{"\\u0070hone":"1"}', ['phone=1']],
    ['a number with its digits', '{"phone":12345678901234567890}', ['phone=12345678901234567890']],
    ['a number as it is written', '{"phone":1.10 }', ['phone=1.10']],
    ['a negative number at the end', '{"x":1,"phone":-1e3}', ['phone=-1e3']],
    ['true and false', '{"phone":[true,false]}', ['phone=true', 'phone=false']],
    ['each of a list, once', '{"phone":["1", "2", "1", null, {"a":"3"}, ["4"], 5]}', ['phone=1', 'phone=2', 'phone=5']],
    ['both of two members with one name', '{"phone":"1","phone":"2"}', ['phone=1', 'phone=2']],
    ['case and spaces', '{"phone":" Ab "}', ['phone= Ab ']],
    ['behind other members', '{"a":{"phone":"no"},"b":["}",{"phone":"no"}],"c":"\\"}","phone":"1"}', ['phone=1']],
    ['white space', '{ \n"phone"\t:\r\n[ "1" , 2 ] }', ['phone=1', 'phone=2']],
  ])('%s', (_, data, found) => expect(valuesOf(inData(data), 'phone')).toEqual(found));

  it.each([
    ['null', '{"phone":null}'],
    ['an object', '{"phone":{"phone":"1"}}'],
    ['an empty string', '{"phone":""}'],
    ['an empty list', '{"phone":[ ]}'],
    ['no data', '{}'],
    ['a long text', `{"phone":"${'x'.repeat(201)}"}`],
    ['a long text of escapes', `{"phone":"${'\\u0061'.repeat(201)}"}`],
    ['a document in a string', '{"phone":" {\\"password\\":\\"1\\"}"}'],
    ['another case of the name', '{"Phone":"1"}'],
    ['a name with a dot', '{"a.phone":"1"}'],
  ])('are none in %s', (_, data) => expect(valuesOf(inData(data), 'phone', 'a.phone')).toEqual([]));

  it('are found at every depth, beside each other', () => {
    const data = '{"account":{"login":"L","x":{"y":7}},"login":"top","account2":{"login":"no"}}';
    expect(valuesOf(inData(data), 'account.login', 'data.login', 'account.x.y')).toEqual([
      'account.login=L',
      'account.x.y=7',
      'login=top',
    ]);
  });

  it('are found in a field and below a field of the same name', () => {
    expect(valuesOf(inData('{"a":{"b":1}}'), 'a', 'a.b')).toEqual(['a.b=1']);
    expect(valuesOf(inData('{"a":2}'), 'a', 'a.b')).toEqual(['a=2']);
  });

  it('have 200 characters at most', () => {
    const value = 'é'.repeat(200);
    expect(valuesOf(inData(`{"phone":"${'\\u00e9'.repeat(200)}"}`), 'phone')).toEqual([`phone=${value}`]);
  });

  it('agree with JSON.parse wherever they are', () => {
    const names = ['a', 'b', '"', '\\', 'é', 'phone'];
    for (let seed = 1; seed <= 300; seed++) {
      let state = seed;
      const next = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
      const value = (depth: number): unknown =>
        [
          () => 'text"\\ }]',
          () => next(1_000),
          () => null,
          () => Array.from({ length: next(3) }, () => value(depth + 1)),
          () => Object.fromEntries(names.slice(0, next(6)).map((name) => [name, value(depth + 1)])),
        ][depth > 3 ? next(3) : next(5)]!();
      const data = { first: value(0), phone: 'here', last: value(0) };
      expect(valuesOf(JSON.stringify({ data, event: value(0) }, null, next(3)), 'phone')).toEqual(['phone=here']);
    }
  });
});

it('a hash has 64 bits, and depends on the field and the value', () => {
  const hashes = [
    { field: 'phone', value: '1' },
    { field: 'phone', value: '2' },
    { field: 'login', value: '1' },
    { field: 'pho', value: 'ne\n1' },
  ].map(valueHash);
  expect(new Set(hashes).size).toBe(4);
  for (const hash of hashes) expect(BigInt.asIntN(64, hash)).toBe(hash);
  expect(valueHash({ field: 'phone', value: '1' })).toBe(hashes[0]);
  // The first eight bytes of the digest: they stay the same, or what was indexed is lost.
  expect(hashes[0]).toBe(-257_044_211_614_509_716n);
});
