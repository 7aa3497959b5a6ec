import { describe, expect, it } from '@jest/globals';
import { encode, readAnswer, readPacket } from './packets.ts';

const read = (text: string) => readPacket(Buffer.from(text));

describe('a message', () => {
  it('is an event, or a question when it has an id', () => {
    expect(readPacket(encode({ pattern: 'news', data: { n: 1 } }))).toEqual({ pattern: 'news', data: { n: 1 } });
    expect(read('{"pattern":"ask","data":null,"id":"1"}')).toEqual({ pattern: 'ask', data: null, id: '1' });
  });

  it.each([
    ['', ''],
    ['{', '{'],
    ['null', null],
    ['12', 12],
    ['[]', []],
  ])('that is none (%j) has no pattern', (text, data) => {
    expect(read(text)).toEqual({ pattern: undefined, data });
  });
});

describe('an answer', () => {
  const answer = (text: string) => readAnswer(Buffer.from(text));

  it('has a response, which may be missing', () => {
    expect(answer('{"response":{"a":1},"isDisposed":true}')).toEqual({ response: { a: 1 } });
    expect(answer('{"isDisposed":true}')).toEqual({ response: undefined });
  });

  it.each([
    ['{"err":"of no use","isDisposed":true}', 'of no use'],
    ['{"err":{"status":"error","message":"no database"}}', 'no database'],
    ['{"err":{},"response":1}', '[object Object]'],
  ])('that is an error says so: %s', (text, message) => {
    expect(answer(text).err).toMatchObject({ name: 'AnswerFault', message });
  });

  it.each([
    ['no JSON', 'no JSON'],
    ['[1]', [1]],
    ['{"other":1}', { other: 1 }],
  ])('that is none (%s) is the response itself', (text, response) => {
    expect(answer(text)).toEqual({ response });
  });
});
