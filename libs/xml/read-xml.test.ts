import { describe, expect, it } from '@jest/globals';
import { readXml, xmlLimits, type XmlValue } from './read-xml.ts';
import { XmlFault } from './xml-fault.ts';
import { processorMs } from '../../tools/test/processor-ms.ts';

/** As JSON would have it, which is easier to read. */
function plain(value: XmlValue): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([name, child]: [string, XmlValue]) => [name, plain(child)]));
  }
  return Array.isArray(value) ? value.map((item: XmlValue) => plain(item)) : value;
}

const read = (text: string): unknown => plain(readXml(text));
const faultOf = (text: string): string => {
  try {
    readXml(text);
  } catch (error) {
    expect(error).toBeInstanceOf(XmlFault);
    return (error as XmlFault).message;
  }
  return 'none';
};

describe('XML', () => {
  it.each<[string, string, unknown]>([
    ['an element with text', '<a>b</a>', { a: 'b' }],
    ['an empty element', '<a/>', { a: '' }],
    ['elements by name', '<a><b>1</b><c>2</c></a>', { a: { b: '1', c: '2' } }],
    ['elements of one name', '<a><b>1</b><c/><b>2</b></a>', { a: { b: ['1', '2'], c: '' } }],
    ['attributes', '<a id="1"><b x="2">t</b></a>', { a: { id: '1', b: { x: '2', text: 't' } } }],
    ['an attribute named as an element', '<a b="1"><b>2</b></a>', { a: { '@b': '1', b: '2' } }],
    ['an element named text', '<a x="1">t<text>u</text></a>', { a: { x: '1', text: 'u' } }],
    ['text around elements', '<a> x <b/> y </a>', { a: { b: '', text: 'x  y' } }],
    ['white space at the ends', '<a>\r\n\t b c \n</a>', { a: 'b c' }],
    ['a no-break space', '<a>\u00a0</a>', { a: '\u00a0' }],
    ['the five entities', '<a b="&quot;&#10;">&lt;&amp;&gt;&apos;&#x41;</a>', { a: { b: '"\n', text: "<&>'A" } }],
    ['CDATA', '<a><![CDATA[<b>]]]]><![CDATA[>&amp;]]></a>', { a: '<b>]]>&amp;' }],
    ['comments and instructions', '<?xml version="1.0"?><!-- <x/> --><?p q?><a>1<!-- -->2</a>', { a: '12' }],
    ['a byte order mark', '\ufeff<a/>', { a: '' }],
    ['characters beyond the first plane', '<a>😀&#x1F600;</a>', { a: '😀😀' }],
    [
      'prefixes',
      '<s:Envelope xmlns:s="urn:s" xmlns:m="urn:m"><s:Body><m:Created m:id="7"/></s:Body></s:Envelope>',
      { Envelope: { Body: { Created: { id: '7', text: '' } } } },
    ],
    [
      'types, languages and nil',
      '<r xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><a i:type="int">5</a><b xml:lang="en">t</b>' +
        '<c i:nil="true"/></r>',
      { r: { a: '5', b: 't', c: null } },
    ],
  ])('reads %s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it('keeps names that mean something to JavaScript', () => {
    const { a } = { a: readXml('<a><__proto__>1</__proto__><constructor>2</constructor></a>').get('a') };
    expect(a instanceof Map && [...a.keys()]).toEqual(['__proto__', 'constructor']);
  });

  it.each([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['an external parameter entity', '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><a/>'],
    ['an external declaration', '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>'],
    ['an attribute default', '<!DOCTYPE a [<!ATTLIST a b CDATA "1">]><a/>'],
    ['HTML', '<!doctype html><html></html>'],
  ])('refuses a declaration: %s', (_, text) => {
    expect(faultOf(text)).toMatch(/document type declaration, which is refused|is not well-formed/);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['text', 'Internal Server Error'],
    ['JSON', '{"a":1}'],
    ['what is cut off', '<a><b>1</b>'],
    ['two roots', '<a/><b/>'],
    ['text behind the root', '<a/>x'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a lone ampersand', '<a>a & b</a>'],
    ['wrong nesting', '<a><b></a></b>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['a control character', '<a>\u0001</a>'],
    ['a control character by number', '<a>&#1;</a>'],
    ['NUL', '<a>\u0000</a>'],
    ['half a character', '<a>\ud800</a>'],
    ['half a character by number', '<a>&#xd800;</a>'],
    ['an end of CDATA in text', '<a>]]></a>'],
    ['an unbound prefix', '<x:a/>'],
  ])('is not %s', (_, text) => expect(faultOf(text)).toMatch(/^is not well-formed XML: /));

  it('is bounded', () => {
    const nested = (depth: number): string => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
    expect(faultOf(nested(xmlLimits.depth))).toBe('none');
    expect(faultOf(nested(xmlLimits.depth + 1))).toBe('has more than 64 nested elements');
    expect(faultOf(nested(100_000))).toBe('has more than 64 nested elements');
    const wide = (count: number): string => `<r>${'<a/>'.repeat(count)}</r>`;
    expect(faultOf(wide(xmlLimits.nodes - 1))).toBe('none');
    expect(faultOf(wide(xmlLimits.nodes))).toBe('has more than 20000 elements and attributes');
    const attributes = Array.from({ length: xmlLimits.nodes }, (_unused, index) => `a${index}="1"`).join(' ');
    expect(faultOf(`<r ${attributes}/>`)).toBe('has more than 20000 elements and attributes');
    expect(faultOf(`<a>${' '.repeat(xmlLimits.length)}</a>`)).toBe('is longer than 1048576 characters');
  });

  it('takes time of the length, whatever is in it', () => {
    const long = 60_000;
    const hostile = [
      `<a>${'&amp;'.repeat(long / 5)}</a>`,
      `<a>${']'.repeat(long)}</a>`,
      `<a><![CDATA[${']]'.repeat(long / 2)}]]></a>`,
      `<!--${'-a'.repeat(long / 2)}--><a/>`,
      `<a b="${'<'.repeat(long)}"/>`,
      `<${'a'.repeat(long)}/>`,
      `<a ${'b '.repeat(long / 2)}/>`,
      `<a>${'<![CDATA[x]]>'.repeat(long / 13)}</a>`,
      '<'.repeat(long),
      '&'.repeat(long),
    ];
    expect(processorMs(() => hostile.forEach((text) => faultOf(text)))).toBeLessThan(2_000);
  });
});
