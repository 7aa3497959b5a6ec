import { describe, expect, it } from '@jest/globals';
import { answerValue } from './answer-value.ts';

const http = (body: string, truncated = false) =>
  answerValue('http', { status: 200, headers: { 'Content-Type': 'text/xml' }, body, truncated });

describe('an answer that is XML', () => {
  it('is read by local names', () => {
    const value = http('<?xml version="1.0"?><s:Envelope xmlns:s="urn:s"><s:Body><id>7</id></s:Body></s:Envelope>');
    expect(value.get('xml')).toEqual(new Map([['Envelope', new Map([['Body', new Map([['id', '7']])]])]]));
    expect(value.get('json')).toBeNull();
  });

  it.each([
    ['JSON', '{"a":"<b/>"}'],
    ['text', 'ok'],
    ['nothing', ''],
    ['HTML', '<!doctype html><html><br></html>'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ])('is not read from %s', (_, body) => expect(http(body).get('xml')).toBeNull());

  it('is not read when it was cut off', () => expect(http('<a/>', true).get('xml')).toBeNull());

  it('is read from the first part of several, though an attachment is cut off', () => {
    const headers = { 'Content-Type': 'multipart/related; type="application/xop+xml"; boundary=b' };
    const body = '--b\r\nContent-Type: application/xop+xml\r\n\r\n<a>1</a>\r\n--b\r\n\r\n\u0000\ufffd';
    const value = answerValue('http', { status: 200, headers, body, truncated: true });
    expect([value.get('xml'), value.get('text')]).toEqual([new Map([['a', '1']]), body]);
  });

  it('is read from the output of a script', () => {
    const value = answerValue('script', {
      exitCode: 0,
      signal: null,
      stdout: ' <a b="1"/>\n',
      stderr: '',
      truncated: false,
    });
    expect(value.get('xml')).toEqual(
      new Map([
        [
          'a',
          new Map([
            ['b', '1'],
            ['text', ''],
          ]),
        ],
      ]),
    );
  });
});
