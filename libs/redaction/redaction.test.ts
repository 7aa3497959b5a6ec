import { describe, expect, it } from '@jest/globals';
import { processorMs } from '../../tools/test/processor-ms.ts';
import { defaultRedactedFields, isFieldPattern, nameMatcher } from './field-pattern.ts';
import { Redaction } from './redaction.ts';

const redaction = new Redaction(defaultRedactedFields);

describe('names of redacted fields', () => {
  it.each([
    ['auth_password', ['authPassword', 'AUTH-PASSWORD', 'auth__password'], ['password', 'auth_password2']],
    ['*token*', ['token', 'refreshToken', 'x-token-id'], ['toke']],
    ['sip_*_pin', ['sip_user_pin', 'sippin'], ['sip_user_pins', 'sip']],
    ['a*b*a', ['aba', 'axxbxxa'], ['ab', 'ba', 'a']],
    ['пароль', ['Пароль'], ['парол']],
  ])('%s stands for them whatever their case, - and _', (pattern, meant, others) => {
    const matches = nameMatcher([pattern]);
    expect(meant.filter(matches)).toEqual(meant);
    expect(others.filter(matches)).toEqual([]);
  });

  it('a pattern names something', () => {
    expect(['pin', 'card.pin', '*x*', 'ключ'].filter(isFieldPattern)).toHaveLength(4);
    expect(['', '*', '-_', 'two words', '"pin"', 'a=b'].filter(isFieldPattern)).toEqual([]);
  });

  it('a name made to be slow is not', () => {
    const matches = nameMatcher(['*a*a*a*a*a*a*a*a*b']);
    expect(matches('a'.repeat(1_000_000))).toBe(false);
  });
});

describe('a JSON text', () => {
  it('has values hidden whole, whatever they are, and stays the same to the character elsewhere', () => {
    const text = `{ "id": 12345678901234567890, "price": 1.10,\n  "password" : "p\\"}", "Auth-Password": {"a": ["}", 1]},
      "token": [1, "]"], "pin":1234, "cvv": true, "secret": null, "pass\\u0077ord": "x", "pinned": "shown", "a": {"pin": 5}}`;
    expect(redaction.text(text))
      .toBe(`{ "id": 12345678901234567890, "price": 1.10,\n  "password" : "***", "Auth-Password": "***",
      "token": "***", "pin":"***", "cvv": "***", "secret": null, "pass\\u0077ord": "***", "pinned": "shown", "a": {"pin": "***"}}`);
  });

  it('is looked into also where it lies in a text of another', () => {
    const inner = JSON.stringify({ user: 'u', password: 'hunter2', deeper: JSON.stringify({ pin: 123456, x: 1 }) });
    const masked = redaction.text(JSON.stringify({ payload: inner, note: 'token: "x" is prose' }));
    expect(masked).not.toMatch(/hunter2|123456/);
    const { payload, note } = JSON.parse(masked) as { payload: string; note: string };
    expect(JSON.parse(payload)).toMatchObject({ user: 'u', password: '***' });
    expect(note).toBe('token: "x" is prose');
  });

  it.each(['{}', '[]', '"password"', '{"a":"password","b":["pin"]}', '12', 'null', ''])('%s hides nothing', (text) => {
    expect(redaction.text(text)).toBe(text);
  });
});

describe('a text that is not JSON, or no longer', () => {
  it.each([
    ['{"id":1,"password":"hunter2", "x": }', '{"id":1,"password":"***", "x": }'],
    ['{"id":1,"password":"hun', '{"id":1,"password":"***"'],
    ['{"id":1,"secret":{"a":"hunter2', '{"id":1,"secret":"***"'],
    ['{"odd": ", "password": "hunter2"}', '{"odd": ", "password": "***"}'],
    ['{"data":"{\\"password\\":\\"hunter2', '{"data":"{\\"password\\":\\"***'],
    ["{'password': 'hunter2', 'id': 1}", "{'password': '***', 'id': 1}"],
    ['{password: hunter2, id: 1}', '{password: ***, id: 1}'],
    ['user=u&password=hunter2&id=1', 'user=u&password=***&id=1'],
    ['created user u with pin=123456, id=1', 'created user u with pin=***, id=1'],
    ['password: two words hunter2\nid: 1', 'password: ***\nid: 1'],
    ['PASSWORD=hunter2 ID=1', 'PASSWORD=*** ID=1'],
    ['Set-Cookie: a=hunter2; b=hunter2\r\nX: 1', 'Set-Cookie: ***\nX: 1'],
    ['sent authorization: Bearer hunter2 to x', 'sent authorization: *** to x'],
    ['<a:Password type="x">hunter2</a:Password><id>1</id>', '<a:Password type="x">***</a:Password><id>1</id>'],
    ['<pin><![CDATA[hunter2]]></pin>1', '<pin>***</pin>1'],
    ['<pin><!-- x -->hunter2<!-- y --></pin>1', '<pin>***</pin>1'],
    ['<secret>\n <a>hunter2</a><b c="hunter2"/></secret>1', '<secret>***</secret>1'],
    ['<token><token/><a:token>hunter2</a:token><token>hunter2</token>hunter2</token>1', '<token>***</token>1'],
    ['<pin a=">">hunter2</pin >1', '<pin a=">">***</pin >1'],
    ['<x:credential user=\'hunter2\' key="hunter2"/>1', '<x:credential user="***" key="***"/>1'],
    ['<user password="hunter2" id="1">1</user>', '<user password="***" id="1">1</user>'],
    ['<pin/><pin></pin><pin> </pin>1', '<pin/><pin></pin><pin> </pin>1'],
    ['<a><token>hunter2<b>hun', '<a><token>***'],
    ['<pinned>shown</pinned><a.pin>shown</a.pin>', '<pinned>shown</pinned><a.pin>shown</a.pin>'],
    ['{"token":"hunter2"}\n{"id":1}\n', '{"token":"***"}\n{"id":1}\n'],
    ['http://host/?token=hunter2#x', 'http://host/?token=***'],
    ['no secrets here, "quoted" or not', 'no secrets here, "quoted" or not'],
  ])('%j is shown as %j', (text, shown) => {
    expect(redaction.text(text)).toBe(shown);
  });

  it.each([
    ['"\\', 'unclosed'],
    ['{"a":', 'nested'],
    ['password="', 'named'],
    ['a ', 'words'],
    ['a', 'one word'],
    ['\\', 'backslashes'],
    ['<a ', 'elements'],
    ['<pin>', 'open elements'],
    ['<pin x="', 'open attributes'],
    ['<pin/>', 'empty elements'],
    ['<pin>a</pin>', 'hidden elements'],
    ['<pin><pin>a</pin>', 'nested elements'],
    ['<pin "', 'odd attributes'],
    ['"a"', 'strings'],
  ])('of a megabyte of %j takes no long time (%s)', (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    expect(processorMs(() => redaction.text(text))).toBeLessThan(3_000);
  });
});

describe('bytes', () => {
  it('stay the same where nothing is hidden, and outside of what is', () => {
    const odd = Buffer.from([0xff, 0x00, 0xc3]);
    expect(redaction.bytes(odd)).toBe(odd);
    const latin1 = Buffer.from('{"name":"Jos\xe9","password":"\xe9t\xe9 hunter2"}', 'latin1');
    expect(redaction.bytes(latin1).toString('latin1')).toBe('{"name":"Jos\xe9","password":"***"}');
    expect(redaction.bytes(Buffer.from('{"name":"José","pin":"é"')).toString()).toBe('{"name":"José","pin":"***"');
  });
});

describe('texts to be looked for in answers', () => {
  it('are also those of the members of a document', () => {
    const document = new Map<string, unknown>([
      [
        'Envelope',
        new Map<string, unknown>([
          ['Auth_Token', ['first token', new Map([['text', 'a&b<c>"d\'']])]],
          ['id', 'not this'],
        ]),
      ],
      ['@pin', '1234567'],
      ['secret', null],
      ['password', 'short'],
    ]);
    const texts = redaction.hiddenTextsOf(document);
    expect(texts).toEqual(expect.arrayContaining(['first token', '1234567', 'a&b<c>"d\'']));
    expect(texts).toEqual(
      expect.arrayContaining(['a&amp;b&lt;c>"d\'', 'a&amp;b&lt;c&gt;&quot;d&#39;', 'a&#38;b&#60;c&#62;&#34;d&#39;']),
    );
    expect(texts.filter((text) => /not this|short/.test(text))).toEqual([]);
    expect(redaction.hiddenTextsOf(null)).toEqual([]);
  });

  it('are those of the fields, in every spelling, the longest first', () => {
    const body = JSON.stringify({
      data: { password: 'pä/"1234', pin: '12345', secret: { a: ['sesame', 12345678], b: true }, name: 'not this' },
      previous: JSON.stringify({ token: 'in a text' }),
    });
    expect(redaction.hiddenTexts(body.replace('12345678', '1234567890123456789.0'))).toEqual([
      '1234567890123456789.0',
      'p\\\\u00e4\\\\/\\\\\\"1234',
      'p\\\\u00e4/\\\\\\"1234',
      'p%C3%A4%2F%221234',
      'p\\u00e4\\/\\"1234',
      'p\\u00e4/\\"1234',
      'pä/&quot;1234',
      'in%20a%20text',
      'pä/&#34;1234',
      'pä/\\\\\\"1234',
      'pä/\\"1234',
      'in a text',
      'pä/"1234',
      'sesame',
    ]);
  });

  it.each([
    'auth_password',
    'AUTH-PASS_WORD',
    'authPassword',
    '_p_w_d_',
    '\\u0070assword',
    'api-key of theirs',
    'x.private_key',
  ])('are found behind every spelling of a name: %s', (name) => {
    const texts = redaction.hiddenTexts(`{"a":{"${name}":"what is hidden"}}`);
    expect(texts).toContain('what is hidden');
    // Also in a document that is kept as a text.
    expect(redaction.hiddenTexts(JSON.stringify({ kept: `{"${name}":"what is hidden"}` }))).toContain('what is hidden');
  });

  it('are bounded', () => {
    const secret = Array.from({ length: 5_000 }, (_, index) => `secret ${index}`);
    expect(redaction.hiddenTexts(JSON.stringify({ secret })).length).toBeLessThanOrEqual(1_005);
  });
});

it('without fields nothing is hidden', () => {
  const none = new Redaction([]);
  const text = '{"password":"hunter2"}';
  expect([none.text(text), none.headers({ cookie: 'c' }), none.hiddenTexts(text)]).toEqual([text, { cookie: 'c' }, []]);
});
