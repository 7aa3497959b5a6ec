import { describe, expect, it } from '@jest/globals';
import { rootPart } from './root-part.ts';

const parts = (...contents: [head: string, content: string][]): string =>
  `${contents.map(([head, content]) => `--B.1+\r\n${head}\r\n\r\n${content}\r\n`).join('')}--B.1+--\r\n`;
const type = 'multipart/related; type="application/xop+xml"; boundary="B.1+"; start-info="text/xml"';
const envelope = '<Envelope/>';
const xop = 'Content-Type: application/xop+xml; charset=UTF-8\r\nContent-ID: <root@x>';
const file = 'Content-ID: <file@x>';

describe('the document of an answer with attachments', () => {
  it.each<[string, string, string, string | undefined]>([
    ['is the first part', type, parts([xop, envelope], [file, '\0\r\n--B']), `${envelope}\r`],
    ['is the part that start names', `${type}; start="<root@x>"`, parts([file, 'x'], [xop, envelope]), `${envelope}\r`],
    ['may have no headers, and short line ends', 'Multipart/Related;boundary=b', `--b\n\n${envelope}\n--b--`, envelope],
    ['may have a preamble', type, `hello\r\n${parts([xop, envelope])}`, `${envelope}\r`],
    [
      'is whole though an attachment is cut off',
      type,
      parts([xop, envelope], [file, 'xxx']).slice(0, -20),
      `${envelope}\r`,
    ],
    ['is not there when it is cut off itself', type, parts([xop, envelope]).slice(0, -20), undefined],
    ['is not there when start names no part', `${type}; start="<other@x>"`, parts([xop, envelope]), undefined],
    ['is not there without a boundary', 'multipart/related; type="text/xml"', parts([xop, envelope]), undefined],
    ['is not there in an answer of another type', 'text/xml; boundary="B.1+"', parts([xop, envelope]), undefined],
    ['is not there in a form', 'multipart/form-data; boundary="B.1+"', parts([xop, envelope]), undefined],
    ['is not there in nothing', type, '', undefined],
  ])('%s', (_, contentType, text, expected) => expect(rootPart(contentType, text)).toBe(expected));
});
