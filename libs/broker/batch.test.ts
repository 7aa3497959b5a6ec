import { describe, expect, it } from '@jest/globals';
import type { ConsumeMessage } from 'amqplib';
import { batchOf, messagesOf, pack, packedBytes } from './batch.ts';

const message = (name: string, content = Buffer.from(name)) => {
  return { messageId: name, contentType: 'application/json', headers: { 'partition-key': name }, content };
};
const batch = batchOf([
  pack(message('a')),
  pack(message('ü', Buffer.alloc(0))),
  pack(message('c', Buffer.from([0, 255]))),
]);

/** A batch as the broker delivers it. */
function delivered(
  content: Buffer,
  { contentType = batch.contentType, exchange = '', headers = {} } = {},
): ConsumeMessage {
  const fields = { exchange, routingKey: 'next', deliveryTag: 7, redelivered: false, consumerTag: 'tag' };
  return { content, fields, properties: { contentType, headers } } as unknown as ConsumeMessage;
}

/** A batch of one message with an empty body, whose head some other program wrote. */
function withHead(head: string): Buffer {
  const bytes = Buffer.from(head);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(bytes.length);
  return Buffer.concat([lengths, bytes]);
}

describe('a batch', () => {
  it('brings its messages in their order, each with its id, headers and body, and the fields of the batch', () => {
    const messages = messagesOf(delivered(batch.content))!;
    expect(messages.map(({ properties }) => properties.messageId as string)).toEqual(['a', 'ü', 'c']);
    expect(messages.map(({ properties }) => properties.headers as object)).toEqual(
      ['a', 'ü', 'c'].map((name) => ({ 'partition-key': name })),
    );
    expect(messages.map(({ content }) => content.toString('hex'))).toEqual(['61', '', '00ff']);
    expect(messages.map(({ fields }) => fields.deliveryTag)).toEqual([7, 7, 7]);
  });

  it('is as long as what its messages take of it', () => {
    const packed = [pack(message('a')), pack(message('b'))];
    expect(batchOf(packed).content.length).toBe(packedBytes(packed[0]!) + packedBytes(packed[1]!));
  });

  it('tells each of its messages how often it was delivered before', () => {
    const messages = messagesOf(delivered(batch.content, { headers: { 'x-delivery-count': 3 } }))!;
    expect(
      messages.map(({ properties }) => (properties.headers as Record<string, unknown>)['x-delivery-count']),
    ).toEqual([3, 3, 3]);
  });

  it('has nothing of a message but its id, content type, headers and body', () => {
    const head = { messageId: 'a', contentType: 'b', headers: {}, type: 'amqp-1.0', bodySize: 9, headerFaults: 5 };
    const [message] = messagesOf(delivered(withHead(JSON.stringify(head))))!;
    expect(message!.properties).toEqual({ messageId: 'a', contentType: 'b', headers: {} });
  });

  it.each([
    ['of another content type', delivered(batch.content, { contentType: 'application/json' })],
    ['that came through an exchange', delivered(batch.content, { exchange: 'provisor.partitions' })],
    ['without messages', delivered(Buffer.alloc(0))],
    ['that ends within its lengths', delivered(batch.content.subarray(0, 5))],
    ['that ends within a message', delivered(batch.content.subarray(0, -1))],
    ['with bytes behind its last message', delivered(Buffer.concat([batch.content, Buffer.from([0])]))],
    ['whose head is no JSON', delivered(withHead('{'))],
    ['whose head is null', delivered(withHead('null'))],
    ['whose head has no headers', delivered(withHead('{"messageId":"a","contentType":"b"}'))],
    ['whose headers are null', delivered(withHead('{"messageId":"a","contentType":"b","headers":null}'))],
    ['whose headers are a list', delivered(withHead('{"messageId":"a","contentType":"b","headers":[]}'))],
    ['whose id is no text', delivered(withHead('{"messageId":1,"contentType":"b","headers":{}}'))],
  ])('is no message %s', (_, given) => {
    expect(messagesOf(given)).toBeUndefined();
  });
});
