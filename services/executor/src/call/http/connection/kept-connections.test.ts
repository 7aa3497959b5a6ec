import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '#observability';
import { callOf, never } from '../../testing/calls.ts';
import { HttpRunner } from '../http-runner.ts';
import { answer, RawTarget, type RawBehaviour, type TakenConnection } from '../testing/raw-target.ts';
import { selfSigned } from '../testing/self-signed.ts';

let runner: HttpRunner;
let target: RawTarget;
let logged: object[];

beforeEach(() => {
  logged = [];
  const logger = createLogger('executor', 'silent');
  logger.level = 'debug';
  logger.debug = (fields: object) => void logged.push(fields);
  runner = new HttpRunner({ logger });
});
afterEach(() => Promise.all([runner.close(), target.close()]));

/** Answers the first request of a connection, and does something else with the next. */
function answersOnce(then: (connection: TakenConnection) => void): RawBehaviour {
  return {
    onRequest: (connection) => {
      if (connection.requests === 1) connection.socket.write(answer());
      else then(connection);
    },
  };
}

async function listen(behaviour: RawBehaviour, { tls = false } = {}): Promise<void> {
  target = await RawTarget.listen(behaviour, tls ? selfSigned : undefined);
}

async function attempt({ timeoutMs = 5_000, body }: { timeoutMs?: number; body?: string } = {}) {
  const tls = target.url().startsWith('https') && { tls: { ca: selfSigned.cert } };
  const call = callOf(
    { type: 'http', url: target.url(), method: 'POST', headers: {}, ...tls },
    { timeoutMs, ...(body !== undefined && { body }) },
  );
  const { outcome } = await runner.run(call, never);
  // The client takes a connection for the next call a turn after its answer.
  await turn();
  return outcome;
}

const success = { kind: 'success' };
const lost = { kind: 'retryable', reason: 'connection_reset' };

describe('a kept connection that the target ends as it is used', () => {
  it.each<[string, (connection: TakenConnection) => void, boolean]>([
    ['with FIN', ({ socket }) => socket.end(), false],
    ['with RST', ({ socket }) => socket.resetAndDestroy(), false],
    ['without a word of TLS', ({ socket }) => socket.destroy(), true],
    ['with the farewell of TLS', ({ socket }) => socket.end(), true],
  ])('%s, does not cost an attempt: the request goes over a new one', async (_, end, tls) => {
    await listen(answersOnce(end), { tls });
    expect(await attempt()).toEqual(success);
    expect(await attempt()).toEqual(success);
    expect(target.connections.map(({ requests }) => requests)).toEqual([2, 1]);
    const ids = target.heads.map((head) => /webhook-id: (\S+)/.exec(head)?.[1]);
    expect(new Set(ids).size).toBe(1);
    expect(logged).toEqual([expect.objectContaining({ executionId: ids[0], error: expect.any(String) })]);
  });

  it('also in the middle of a request', async () => {
    await listen({
      ...answersOnce(() => {}),
      onBytes: ({ socket, requests, number }) => {
        if (number > 1 || requests === 0) return false;
        socket.resetAndDestroy();
        return true;
      },
    });
    expect(await attempt()).toEqual(success);
    expect(await attempt({ body: JSON.stringify('x'.repeat(1024 * 1024)) })).toEqual(success);
    expect(target.connections.length).toBe(2);
  });

  it('for many calls at a time', async () => {
    await listen(answersOnce(({ socket }) => socket.end()));
    const twenty = () => Promise.all(Array.from({ length: 20 }, () => attempt()));
    expect(await twenty()).toEqual(Array(20).fill(success));
    expect(await twenty()).toEqual(Array(20).fill(success));
    expect(await twenty()).toEqual(Array(20).fill(success));
  });

  it('as a proxy does after so many requests', async () => {
    await listen({
      onRequest: ({ socket, requests }) => {
        if (requests <= 3) socket.write(answer());
        else socket.end();
      },
    });
    for (let call = 0; call < 10; call += 1) expect(await attempt()).toEqual(success);
    expect(target.heads).toHaveLength(10 + logged.length);
    expect(logged.length).toBeGreaterThan(0);
  });
});

describe('what is not sent once more', () => {
  it('a request on a new connection', async () => {
    await listen({ onRequest: ({ socket }) => socket.end() });
    expect(await attempt()).toMatchObject(lost);
    expect(target.heads).toHaveLength(1);
  });

  it('a request of which a byte was answered', async () => {
    for (const bytes of [
      'H',
      '\r\n',
      'HTTP/1.1 100 Continue\r\n\r\n',
      'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n',
    ]) {
      await listen(answersOnce(({ socket }) => socket.end(bytes)));
      expect(await attempt()).toEqual(success);
      expect(await attempt()).toMatchObject({ kind: 'retryable' });
      expect(target.heads).toHaveLength(2);
      await target.close();
    }
    await listen({});
  });

  it('a request that was sent once more already', async () => {
    await listen(answersOnce(({ socket }) => socket.end()));
    expect(await attempt()).toEqual(success);
    target.behaviour = { onRequest: ({ socket }) => socket.end() };
    expect(await attempt()).toMatchObject(lost);
    expect(target.heads).toHaveLength(3);
  });

  it('a request whose time is up', async () => {
    await listen(answersOnce(() => {}));
    expect(await attempt()).toEqual(success);
    expect(await attempt({ timeoutMs: 200 })).toMatchObject({ kind: 'retryable', reason: 'timeout' });
    expect(target.heads).toHaveLength(2);
  });

  it('a request that the time ends on its second connection', async () => {
    await listen(answersOnce(({ socket }) => socket.end()));
    expect(await attempt()).toEqual(success);
    target.behaviour = {
      onRequest: ({ socket, number }) => {
        if (number === 1) socket.end();
      },
    };
    expect(await attempt({ timeoutMs: 300 })).toMatchObject({ kind: 'retryable', reason: 'timeout' });
    expect(target.heads).toHaveLength(3);
  });
});

describe('a target that says how long it keeps a connection', () => {
  it.each(['timeout=1', 'timeout=1, max=100'])(
    'is not asked over it when it may be closing it (%s)',
    async (keepAlive) => {
      await listen({
        onRequest: ({ socket }) => socket.write(answer('ok', { headers: `keep-alive: ${keepAlive}\r\n` })),
      });
      expect(await attempt()).toEqual(success);
      expect(await attempt()).toEqual(success);
      expect(target.connections.map(({ requests }) => requests)).toEqual([1, 1]);
      expect(logged).toEqual([]);
    },
  );
});
