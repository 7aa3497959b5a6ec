import { describe, expect, it } from '@jest/globals';
import { partitionOf } from '#contracts';
import { bodyOf, markOf, partitionKeyOf, typeOf } from './bench-event.ts';
import { messageIn } from './peer-message.ts';

const mark = { run: '0a1b2c3d', key: 17, sequence: 3, at: 1_700_000_000_000.125 };
const body = bodyOf(mark, 'clients.update', 500);

describe('the events of the benches', () => {
  it('are as long as they are to be, and JSON', () => {
    for (const bytes of [500, 4_096, 65_536, 300_000]) {
      const long = bodyOf(mark, 'clients.update', bytes);
      expect(long).toHaveLength(bytes);
      expect(JSON.parse(long.toString())).toMatchObject({
        event: { id: '0a1b2c3d:17:3', events_id: 'clients.update', object_id: 17 },
        data: { at: mark.at },
      });
    }
  });

  it('are recognised by the beginning of their body', () => expect(markOf(body)).toEqual(mark));

  it('have a partition key for each key, and spare a partition', () => {
    const keys = Array.from({ length: 100 }, (_, key) => key);
    const spared = { partition: 1, partitions: 4 };
    const partitionKeys = keys.map((key) => partitionKeyOf({ run: 'a', spared }, key));
    expect(new Set(partitionKeys).size).toBe(100);
    expect(new Set(partitionKeys.map((key) => partitionOf(key, 4)))).toEqual(new Set([0, 2, 3]));
    expect(partitionKeyOf({ run: 'a' }, 7)).toBe('a:7');
  });

  it('are not taken for what is none of them', () => {
    expect(markOf(Buffer.from('{"event":{"id":"12"}}'))).toBeUndefined();
    expect(markOf(Buffer.from(''))).toBeUndefined();
  });

  it('are of one type for each key', () => {
    const types = ['clients.create', 'clients.update'];
    expect([0, 1, 2, 3].map((key) => typeOf({ types }, key))).toEqual([...types, ...types]);
  });
});

describe('the envelopes of peers', () => {
  it('give a Celery task the body as its one argument', () => {
    const { content, options } = messageIn.celery(body, 'clients.update');
    const [args, keywords] = JSON.parse(content.toString()) as [[string], object];
    expect(args).toEqual([body.toString()]);
    expect(keywords).toEqual({});
    expect(options).toMatchObject({
      contentType: 'application/json',
      headers: { task: 'bench.post', id: options.correlationId },
    });
  });

  it('give a NestJS handler the event, which it prints again as it was', () => {
    const { pattern, data } = JSON.parse(messageIn.nest(body, 'clients.update').content.toString()) as {
      pattern: string;
      data: unknown;
    };
    expect(pattern).toBe('clients.update');
    expect(JSON.stringify(data)).toBe(body.toString());
  });

  it('leave it as it is for the product', () => {
    expect(messageIn.billing(body, 'clients.update').content).toBe(body);
  });
});
