import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { callOf, never } from '../../testing/calls.ts';
import { HttpRunner } from '../http-runner.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { answer, RawTarget, type TakenConnection } from '../testing/raw-target.ts';

const runner = new HttpRunner();
let target: RawTarget;

afterEach(() => target.close());
afterAll(() => runner.close());

async function listen(onRequest: (connection: TakenConnection) => void, tls = false): Promise<void> {
  target = await RawTarget.listen({ onRequest }, tls ? selfSigned : undefined);
}

async function attempt(timeoutMs = 5_000) {
  const tls = target.url().startsWith('https') && { tls: { ca: selfSigned.cert } };
  const task = { type: 'http', url: target.url(), method: 'POST', headers: {}, ...tls } as const;
  const result = await runner.run(callOf(task, { timeoutMs }), never);
  // The client takes a connection for the next call a turn after its answer.
  await turn();
  return result;
}

const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nLink: </b.css>; rel=preload\r\n\r\n';

describe('interim responses that nobody asked for', () => {
  it.each([
    ['100', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['100 without words', 'HTTP/1.1 100\r\n\r\n'],
    ['100 of HTTP/1.0', 'HTTP/1.0 100 Continue\r\n\r\n'],
    ['100 with headers', 'HTTP/1.1 100 Continue\r\nServer: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\n'],
    ['102', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['103 with links', hints],
    ['199', 'HTTP/1.1 199 Miscellaneous\r\nX: y\r\n\r\n'],
    ['several', `HTTP/1.1 100 Continue\r\n\r\n${hints}HTTP/1.1 102 Processing\r\n\r\n${hints}`],
    ['an empty line before each', '\r\nHTTP/1.1 100 Continue\r\n\r\n\r\n'],
  ])('%s: the answer that follows counts, and the connection is kept', async (_, interim) => {
    await listen(({ socket }) => socket.write(interim + answer('done')));
    for (const call of [1, 2]) {
      const { outcome, response } = await attempt();
      expect(outcome).toEqual({ kind: 'success' });
      expect(response.http).toMatchObject({ status: 200, body: 'done' });
      expect(response.http?.headers).not.toHaveProperty('link');
      expect(target.heads).toHaveLength(call);
    }
    expect(target.connections.length).toBe(1);
  });

  it.each(['http', 'https'])('may come in any pieces (%s)', async (protocol) => {
    const bytes = Buffer.from(`HTTP/1.1 100 Continue\r\n\r\n${hints}${answer('done')}`);
    await listen(({ socket }) => {
      let at = 0;
      // One byte at a time, each when the one before has left.
      const next = (): void => {
        if (at < bytes.length) socket.write(bytes.subarray(at, ++at), () => setImmediate(next));
      };
      next();
    }, protocol === 'https');
    expect(await attempt()).toMatchObject({ outcome: { kind: 'success' }, response: { http: { body: 'done' } } });
  });

  it('may come long before the answer', async () => {
    await listen(({ socket }) => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n', () => setTimeout(() => socket.write(answer('done')), 50));
    });
    expect(await attempt()).toMatchObject({ outcome: { kind: 'success' }, response: { http: { body: 'done' } } });
  });

  it('are no answer: without one the time is up, or the connection ends', async () => {
    await listen(({ socket }) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'));
    expect((await attempt(300)).outcome).toMatchObject({ kind: 'retryable', reason: 'timeout' });
    target.behaviour = { onRequest: ({ socket }) => socket.end('HTTP/1.1 100 Continue\r\n\r\n') };
    expect((await attempt()).outcome).toMatchObject({ kind: 'retryable', reason: 'connection_reset' });
    expect(target.heads).toHaveLength(2);
  });

  it.each([
    ['number', hints.repeat(33)],
    ['size', `HTTP/1.1 103 Early Hints\r\n${`x: ${'y'.repeat(1_000)}\r\n`.repeat(70)}`],
  ])('are bounded in their %s', async (_, interim) => {
    await listen(({ socket }) => socket.write(interim));
    expect((await attempt()).outcome).toMatchObject({ kind: 'retryable', reason: 'bad_response' });
  });

  it('are looked for at the beginning of a response alone', async () => {
    const body = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 x\r\n\r\n';
    await listen(({ socket }) => {
      const sent = answer(body);
      socket.write(sent.slice(0, -body.length), () => socket.write(body));
    });
    expect((await attempt()).response.http?.body).toBe(body);
  });
});

describe('a response that is none', () => {
  it.each([
    ['101 with an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n'],
    ['101 without one', `HTTP/1.1 101 Switching Protocols\r\n\r\n${answer()}`],
    ['101 after a 100', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['status 000', 'HTTP/1.1 000 Nothing\r\ncontent-length: 0\r\n\r\n'],
    ['status 099', 'HTTP/1.1 099 Nearly\r\ncontent-length: 0\r\n\r\n'],
    ['status 1000', 'HTTP/1.1 1000 Much\r\ncontent-length: 0\r\n\r\n'],
    ['status 2000', 'HTTP/1.1 2000 More\r\ncontent-length: 0\r\n\r\n'],
    ['status 20', 'HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n'],
    ['status -20', 'HTTP/1.1 -20 OK\r\ncontent-length: 0\r\n\r\n'],
    ['a status of letters', 'HTTP/1.1 1oo Continue\r\n\r\n'],
    ['HTTP/2 in words', 'HTTP/2 200\r\n\r\n'],
  ])('%s: bad_response, which may pass', async (_, sent) => {
    await listen(({ socket }) => socket.end(sent));
    expect((await attempt()).outcome).toMatchObject({ kind: 'retryable', reason: 'bad_response' });
    expect(target.heads).toHaveLength(1);
  });

  it('says in words what came', async () => {
    await listen(({ socket }) => socket.end('HTTP/1.1 099 Nearly\r\ncontent-length: 0\r\n\r\n'));
    expect((await attempt()).outcome).toMatchObject({ message: expect.stringContaining('099') });
    target.behaviour = { onRequest: ({ socket }) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n') };
    expect((await attempt()).outcome).toMatchObject({ message: expect.stringContaining('101') });
  });
});
