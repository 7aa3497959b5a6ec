import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Connection } from 'amqplib';
import { writeTogether } from './frames.ts';

describe('what a connection writes', () => {
  it('goes out together, in its order, as far as it comes in one turn of the event loop', async () => {
    const calls: string[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        calls.push(chunk.toString());
        done();
      },
      writev(chunks, done) {
        calls.push(chunks.map(({ chunk }) => (chunk as Buffer).toString()).join('+'));
        done();
      },
    });
    writeTogether({ stream } as unknown as Connection);
    for (const frame of ['method', 'header', 'body']) stream.write(Buffer.from(frame));
    expect(calls).toEqual([]);
    await nextTurn();
    expect(calls).toEqual(['method+header+body']);
    stream.write(Buffer.from('heartbeat'));
    stream.end();
    await nextTurn();
    expect(calls).toEqual(['method+header+body', 'heartbeat']);
  });
});
