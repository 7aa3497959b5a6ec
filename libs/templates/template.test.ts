import { describe, expect, it } from '@jest/globals';
import { bodyPlace, contentTypeFault } from './places/body.ts';
import { headerPlace } from './places/header.ts';
import type { Place } from './places/place.ts';
import { argumentPlace, formBody, plainBody } from './places/plain.ts';
import { pathPlace, urlPlace } from './places/url.ts';
import { jsonBody } from './places/json-body.ts';
import { xmlBody } from './places/xml-body.ts';
import { templateFault } from './template.ts';
import { rendered } from './testing/rendered.ts';

const long = 'x'.repeat(1024 * 1024);
const half = '\ud83d';

describe('a placeholder is written as its place wants it', () => {
  it.each<[string, Place, string, unknown, string]>([
    ['a path', urlPlace, 'http://h:1/c/{{ data.v }}/x', { v: 12 }, 'http://h:1/c/12/x'],
    ['slashes in a path', urlPlace, 'http://h/{{ data.v }}', { v: 'a/b/../c' }, 'http://h/a%2Fb%2F..%2Fc'],
    ['a query in a path', urlPlace, 'http://h/{{ data.v }}', { v: 'a?b=1#c' }, 'http://h/a%3Fb%3D1%23c'],
    ['line breaks in a path', urlPlace, 'http://h/{{ data.v }}', { v: 'a\r\nb' }, 'http://h/a%0D%0Ab'],
    ['a backslash in a path', pathPlace, '/{{ data.v }}', { v: '\\\\evil\\' }, '/%5C%5Cevil%5C'],
    ['Unicode in a path', pathPlace, '/{{ data.v }}', { v: 'Заказ ✓' }, '/%D0%97%D0%B0%D0%BA%D0%B0%D0%B7%20%E2%9C%93'],
    ['a part of a segment', pathPlace, '/a-{{ data.v }}', { v: '' }, '/a-'],
    ['two in a segment', pathPlace, '/{{ data.v }}{{ data.v }}x', { v: '.' }, '/..x'],
    [
      'a query',
      urlPlace,
      'http://h/?q={{ data.v }}&b=1',
      { v: 'a&b=c+d #/?' },
      'http://h/?q=a%26b%3Dc%2Bd%20%23%2F%3F&b=1',
    ],
    ['nothing in a query', urlPlace, 'http://h?q={{ data.v }}', { v: null }, 'http://h?q='],
    ['dots in a query', urlPlace, 'http://h?q={{ data.v }}', { v: '..' }, 'http://h?q=..'],
    ['a header', headerPlace, 'Bearer {{ data.v }}', { v: 'abc é\t1' }, 'Bearer abc é\t1'],
    ['a value in JSON', jsonBody, '{"a": {{ data.v }}}', { v: { b: [1, null, 'x"'] } }, '{"a": {"b":[1,null,"x\\""]}}'],
    [
      'long numbers in JSON',
      jsonBody,
      '[{{ data }}]',
      '{"v":9223372036854775807,"u":18446744073709551615}',
      '[{"v":9223372036854775807,"u":18446744073709551615}]',
    ],
    [
      'a string in JSON',
      jsonBody,
      '{"a": "<{{ data.v }}>"}',
      { v: '"},"b":{"\\\n' },
      '{"a": "<\\"},\\"b\\":{\\"\\\\\\n>"}',
    ],
    [
      'a number in a string in JSON',
      jsonBody,
      '["{{ data.v }}"]',
      '{"v":9223372036854775807}',
      '["9223372036854775807"]',
    ],
    ['null in JSON', jsonBody, '[{{ data.v }}, "{{ data.v }}"]', { v: null }, '[null, ""]'],
    ['half a character in JSON', jsonBody, '["{{ data.v }}"]', { v: half }, '["\\ud83d"]'],
    [
      'a map that an expression makes',
      jsonBody,
      '{"a":{"b":{{ {"c": {"d": data.v}} }}}}',
      { v: 1 },
      '{"a":{"b":{"c":{"d":1}}}}',
    ],
    [
      'a time in JSON',
      jsonBody,
      '[{{ timestamp(data.v) }}]',
      { v: '2026-03-01T09:15:00Z' },
      '["2026-03-01T09:15:00Z"]',
    ],
    [
      'character data',
      xmlBody,
      '<a>{{ data.v }}</a>',
      { v: `<b>&"'\r\n]]>` },
      '<a>&#60;b&#62;&#38;&#34;&#39;&#13;\n]]&#62;</a>',
    ],
    ['an attribute', xmlBody, `<a b="{{ data.v }}"/>`, { v: '"><c d="\n' }, '<a b="&#34;&#62;&#60;c d=&#34;&#10;"/>'],
    ['a form', formBody, 'a={{ data.v }}&b=2', { v: "x y&z=1+~'" }, 'a=x+y%26z%3D1%2B%7E%27&b=2'],
    ['text', plainBody, 'Hello {{ data.v }}!', { v: '{{ data.x }} <b>' }, 'Hello {{ data.x }} <b>!'],
    ['an argument', argumentPlace, '--name={{ data.v }}', { v: '$(rm -rf /) "a" \n b' }, '--name=$(rm -rf /) "a" \n b'],
    ['a boolean in text', plainBody, '{{ data.v == 1 }}', { v: 1 }, 'true'],
    ['braces in a string of an expression', plainBody, `{{ "}}" + data.v + '{{' }}`, { v: 'x' }, '}}x{{'],
    ['a raw string of an expression', plainBody, `{{ r"\\d}}" + data.v }}`, { v: 'x' }, '\\d}}x'],
    ['a quote in a string of an expression', plainBody, `{{ "\\"}}" + data.v }}`, { v: 'x' }, '"}}x'],
    ['a string in three quotes', plainBody, `{{ """a "}}" b""" + data.v }}`, { v: 'x' }, 'a "}}" bx'],
    ['1 MiB of text', plainBody, '{{ data.v }}', { v: long }, long],
    ['1 MiB of a JSON string', jsonBody, '{"a":{{ data.v }}}', { v: long }, `{"a":"${long}"}`],
  ])('%s', (_name, place, source, data, expected) => {
    expect(rendered(source, place, data)).toBe(expected);
  });

  it.each<[string, Place, string, unknown, RegExp]>([
    ['an absent field', plainBody, 'a\n  {{ data.x }}', { v: 1 }, /^fault: line 2, column 11: No such key: x$/],
    ['a dot as a segment', pathPlace, '/{{ data.v }}/x', { v: '.' }, /line 1, column 2: a part of the path/],
    [
      'two dots as a segment',
      urlPlace,
      'http://h/a/{{ data.v }}',
      { v: '..' },
      /a part of the path would be \. or \.\./,
    ],
    ['a dot that makes two', pathPlace, '/.{{ data.v }}?a', { v: '.' }, /a part of the path would be/],
    ['a dot beside an encoded one', pathPlace, '/%2E{{ data.v }}', { v: '.' }, /a part of the path would be/],
    ['an empty segment', pathPlace, '/{{ data.v }}/x', { v: '' }, /a part of the path would be empty/],
    ['nothing as a segment', pathPlace, '/a/{{ data.v }}', { v: null }, /a part of the path would be empty/],
    [
      'a line break in a header',
      headerPlace,
      'a {{ data.v }}',
      { v: 'a\r\nx-b: 1' },
      /a character that no header may have/,
    ],
    ['a NUL in a header', headerPlace, '{{ data.v }}', { v: '\0' }, /a character that no header may have/],
    ['what is not Latin-1 in a header', headerPlace, '{{ data.v }}', { v: '✓' }, /a character that no header may have/],
    ['a control character in XML', xmlBody, '<a>{{ data.v }}</a>', { v: '\u0001' }, /a character that XML cannot hold/],
    ['a noncharacter in XML', xmlBody, '<a>{{ data.v }}</a>', { v: '\uffff' }, /a character that XML cannot hold/],
    ['half a character in XML', xmlBody, '<a>{{ data.v }}</a>', { v: half }, /half a character/],
    ['half a character in a path', pathPlace, '/{{ data.v }}', { v: half }, /half a character/],
    ['a NUL in an argument', argumentPlace, '{{ data.v }}', { v: 'a\0b' }, /a NUL/],
    ['a long argument', argumentPlace, '{{ data.v }}', { v: long }, /longer than 65536 bytes/],
    ['a long URL', urlPlace, 'http://h/{{ data.v }}', { v: 'x'.repeat(9_000) }, /longer than 8192 bytes/],
    ['a long header', headerPlace, '{{ data.v }}', { v: 'x'.repeat(9_000) }, /longer than 8192 bytes/],
    ['a long body', plainBody, '{{ data.v }}{{ data.v }}', { v: 'x'.repeat(700_000) }, /longer than|costs too much/],
    ['many bytes of few characters', plainBody, '{{ data.v }}', { v: '✓'.repeat(400_000) }, /longer than/],
    ['a list in text', plainBody, '{{ data.v }}', { v: [1] }, /a list cannot stand in a text/],
    ['a map in a string of JSON', jsonBody, '["{{ data.v }}"]', { v: {} }, /a map cannot stand in a text/],
    ['a type in JSON', jsonBody, '[{{ type(data.v) }}]', { v: 1 }, /a type cannot stand in JSON/],
    ['a number beyond doubles', jsonBody, '[{{ data.v }}]', '{"v":1e999}', /cannot stand in JSON|too large/],
  ])('or fails: %s', (_name, place, source, data, expected) => {
    expect(rendered(source, place, data)).toMatch(expected);
  });
});

describe('what is no template is refused with its place', () => {
  it.each<[string, Place, string, string | RegExp]>([
    ['unclosed', plainBody, 'a\nb {{ data.id }', 'line 2, column 3: {{ is not closed by }}'],
    ['unclosed for its string', plainBody, '{{ "a }}', /line 1, column 1: .*not closed/],
    ['nested', plainBody, '{{ data.a + {{ data.b }} }}', /line 1, column 13: {{ cannot stand within/],
    ['empty', plainBody, 'x {{ }}', /line 1, column 3: an expression must stand here/],
    ['no CEL', plainBody, '{{ data. }}', /^line 1, column \d+: /],
    ['of an unknown variable', plainBody, '{{ client.id }}', 'line 1, column 4: Unknown variable: client'],
    ['of a variable of other places', plainBody, '{{ response.status }}', /column 4: response is not known here/],
    ['of too many placeholders', plainBody, '{{ data }}'.repeat(101), /100 placeholders/],
    ['in a host', urlPlace, 'http://{{ data.h }}/a', 'line 1, column 8: scheme, host and port take no placeholder'],
    ['behind a host', urlPlace, 'http://h{{ data.h }}', /scheme, host and port/],
    ['in a port', urlPlace, 'http://h:{{ data.h }}/', /scheme, host and port/],
    ['whole for a URL', urlPlace, '{{ data.h }}', /scheme, host and port/],
    ['with a slash in a host', urlPlace, 'http://{{ "/" }}h/', /scheme, host and port/],
    ['that completes an escape', pathPlace, '/%{{ data.a }}', /directly behind %/],
    ['that completes half an escape', urlPlace, 'http://h/?a=%2{{ data.a }}', /directly behind %2/],
    ['that completes an escape of a form', formBody, 'a=%{{ data.a }}', /directly behind %/],
    ['a path without a slash', pathPlace, 'a/{{ data.a }}', /begin with a slash/],
    ['not JSON', jsonBody, '{"a": {{ data.a }},}', /line 1, column 20: it must be JSON/],
    ['not JSON in line 3', jsonBody, '{\n"a": {{ data.a }},\n"b" 1}', /line 3, column 5: it must be JSON/],
    ['beside another in JSON', jsonBody, '[{{ data.a }}{{ data.b }}]', /it must be JSON/],
    ['in a number of JSON', jsonBody, '[1{{ data.a }}]', /it must be JSON/],
    ['in a name of JSON', jsonBody, '{"{{ data.a }}": 1}', /the name of a member takes no placeholder/],
    ['as a name of JSON', jsonBody, '{ {{ data.a }}: 1}', /it must be JSON/],
    ['behind a backslash of JSON', jsonBody, '["\\{{ data.a }}"]', /it must be JSON/],
    ['in a comment', xmlBody, '<a><!-- {{ data.a }} --></a>', /line 1, column 9: a comment takes no placeholder/],
    ['in CDATA', xmlBody, '<a><![CDATA[{{ data.a }}]]></a>', /a CDATA section takes no placeholder/],
    ['in an instruction', xmlBody, '<?style a="{{ data.a }}"?><a/>', /a processing instruction takes no placeholder/],
    ['in a declaration', xmlBody, '<!DOCTYPE {{ data.a }}><a/>', /a declaration takes no placeholder/],
    ['as an element', xmlBody, '<{{ data.a }}/>', /line 1, column 2: .*in the quotes of an attribute/],
    ['in the name of an element', xmlBody, '<a{{ data.a }}/>', /in the quotes of an attribute/],
    ['in a closing tag', xmlBody, '<a></{{ data.a }}>', /well-formed/],
    ['in the closing tag of its like', xmlBody, '<{{ data.a }}></{{ data.a }}>', /in the quotes of an attribute/],
    ['as an attribute', xmlBody, '<a {{ data.a }}/>', /well-formed/],
    ['as the name of an attribute', xmlBody, '<a {{ data.a }}="1"/>', /in the quotes of an attribute/],
    ['as an attribute without quotes', xmlBody, '<a b={{ data.a }}/>', /well-formed/],
    ['as a namespace', xmlBody, '<a xmlns="{{ data.a }}"/>', /the declaration of a namespace takes no/],
    ['as a prefixed namespace', xmlBody, '<b:a c="1" xmlns:b="{{ data.a }}"/>', /column 21: the declaration/],
    ['outside the root', xmlBody, '<a/>{{ data.a }}', /well-formed/],
    ['that completes a reference', xmlBody, '<a>&#{{ data.a }};</a>', /directly behind &#/],
    ['that completes a long reference', xmlBody, `<a>&${'b'.repeat(40)}{{ data.a }};</a>`, /undefined entity/],
    ['unclosed XML', xmlBody, '<a><b>{{ data.a }}</a>', /line 1, column 23: it must be well-formed XML: /],
    ['no XML', xmlBody, 'a', /it must be well-formed XML/],
    ['two roots', xmlBody, '<a/><b/>', /it must be well-formed XML/],
    ['an attribute twice', xmlBody, '<a b="1" b="{{ data.a }}"/>', /well-formed XML: duplicate attribute/],
    ['an entity of HTML', xmlBody, '<a>&nbsp;{{ data.a }}</a>', /well-formed XML: undefined entity/],
    ['a prefix without namespace', xmlBody, '<a:b>{{ data.a }}</a:b>', /well-formed XML: unbound namespace prefix/],
    ['XML behind an empty line', xmlBody, '\n<?xml version="1.0"?><a/>', /well-formed XML/],
    [
      'XML in another encoding',
      xmlBody,
      '<?xml version="1.0" encoding="iso-8859-1"?><a/>',
      /sent in UTF-8, and must not declare iso-8859-1/,
    ],
    ['declared entities', xmlBody, '<!DOCTYPE a [<!ENTITY b "c">]><a>{{ data.a }}</a>', /no declarations of its own/],
  ])('%s', (_name, place, source, expected) => {
    const fault = templateFault(source, place);
    if (typeof expected === 'string') expect(fault).toBe(expected);
    else expect(fault).toMatch(expected);
  });
});

describe('a content type', () => {
  it.each([
    [undefined, jsonBody],
    ['application/json; charset=utf-8', jsonBody],
    ['application/vnd.api+json', jsonBody],
    ['text/xml', xmlBody],
    ['application/soap+xml; action="urn:x"', xmlBody],
    ['application/atom+xml', xmlBody],
    ['application/x-www-form-urlencoded', formBody],
    ['text/plain', plainBody],
  ])('%s decides how placeholders are written', (contentType, place) => {
    expect(bodyPlace(contentType)).toBe(place);
    if (contentType !== undefined) expect(contentTypeFault(contentType)).toBeUndefined();
  });

  it.each(['json', 'a/b/c', 'text/plain\r\nx: 1', 'text/plain; charset=iso-8859-1', 'text/ plain', ''])(
    '%j is refused',
    (contentType) => {
      expect(contentTypeFault(contentType)).toMatch(/must/);
    },
  );
});
