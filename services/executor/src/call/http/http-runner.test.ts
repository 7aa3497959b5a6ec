import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync, brotliCompressSync, deflateSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cloudEventText, maxKeptResponseBytes, version, type HttpTask } from '#contracts';
import { Webhook } from 'standardwebhooks';
import { RecordingTarget } from '../../../../../test/support/recording-target.ts';
import { callOf, never, sentBody } from '../testing/calls.ts';
import { describeRunner } from '../testing/runner-suite.ts';
import { HttpRunner } from './http-runner.ts';

let target: RecordingTarget;
const runner = new HttpRunner();
const taskOf = (url: string, overrides: Partial<HttpTask> = {}): HttpTask => {
  return { type: 'http', url, method: 'POST', headers: {}, ...overrides };
};

beforeAll(async () => {
  target = await RecordingTarget.listen();
});

afterAll(async () => {
  await runner.close();
  await target.close();
});

beforeEach(() => {
  target.reply = ({ path }, response) => {
    if (path === '/hang') return;
    response.statusCode = path === '/fail' ? 503 : 200;
    response.end('{"ok":true}');
  };
});

describeRunner('the HTTP runner', () => ({
  runner,
  obliging: taskOf(target.url('/ok')),
  failing: taskOf(target.url('/fail')),
  hanging: taskOf(target.url('/hang')),
  received: () => target.calls.filter(({ path }) => path === '/ok').map(({ body }) => body),
}));

describe('what an HTTP target is sent', () => {
  it('names the call in headers that no handler can replace', async () => {
    const headers = { 'X-Tenant': 'acme', 'User-Agent': 'me', 'Webhook-Id': 'mine' };
    const executionId = '019ca8ad-fa20-750b-bb79-f92873b810ee';
    const task = taskOf(target.url('/headers'), { headers, method: 'PUT' });
    await runner.run(callOf(task, { attempt: 3, executionId }), never);
    const call = target.calls.at(-1)!;
    expect(call.method).toBe('PUT');
    expect(call.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(call.body)),
      'user-agent': `Provisor/${version}`,
      'webhook-id': executionId,
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
      'provisor-event-id': 'e-1',
      'provisor-event-type': 'clients.update',
      'provisor-handler-id': '0193a000-0000-7000-8000-000000000001',
      'provisor-attempt': '3',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/),
      'x-tenant': 'acme',
    });
  });

  it.each([
    ['e-4711', 'e-4711'],
    ['é', '%C3%A9'],
    ['%C3%A9', '%25C3%25A9'],
    ['100 %', '100 %25'],
    ['a/b?c=d&e#f:+', 'a/b?c=d&e#f:+'],
    ['order 12', 'order 12'],
    [' outer  ', '%20outer%20%20'],
    ['   ', '%20%20%20'],
    ['Заказ 5 ✓😀', '%D0%97%D0%B0%D0%BA%D0%B0%D0%B7 5 %E2%9C%93%F0%9F%98%80'],
    ['\u00a0\u2028', '%C2%A0%E2%80%A8'],
    ['é'.repeat(127), '%C3%A9'.repeat(127)],
  ])('names the event %j so that it can be told from every other', async (id, header) => {
    const event = { ...callOf(taskOf('')).event, id };
    await runner.run(callOf(taskOf(target.url('/id')), { event, body: sentBody }), never);
    const sent = target.calls.at(-1)!.headers['provisor-event-id'];
    expect(sent).toBe(header);
    expect(decodeURIComponent(String(sent))).toBe(id);
  });

  it('is told of a CloudEvent, and can check that it is ours', async () => {
    const key = randomBytes(32);
    const body = cloudEventText(callOf(taskOf('')).event, '/billing');
    const call = { format: 'cloudevents', body, signing: [{ key, expiresAt: null }] } as const;
    await runner.run(callOf(taskOf(target.url('/cloud')), call), never);
    const { headers, body: received } = target.calls.at(-1)!;
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'provisor-event-id': 'e-1',
      'provisor-event-type': 'clients.update',
    });
    const signed = new Webhook(`whsec_${key.toString('base64')}`).verify(received, headers as Record<string, string>);
    expect(signed).toMatchObject({ specversion: '1.0', id: 'e-1', data: { id: 12 } });
  });
});

describe('what a status means', () => {
  const cases: [status: number, outcome: string][] = [
    ...[200, 201, 202, 204, 299].map((status): [number, string] => [status, 'success']),
    ...[404, 408, 409, 425, 429, 500, 502, 503, 504, 599].map((status): [number, string] => [status, 'retryable']),
    ...[301, 302, 307, 308, 400, 401, 403, 405, 410, 422].map((status): [number, string] => [status, 'permanent']),
  ];

  it.each(cases)('%d is %s', async (status, kind) => {
    target.reply = (_call, response) => void response.writeHead(status, { location: target.url('/elsewhere') }).end();
    const { outcome, response } = await runner.run(callOf(taskOf(target.url('/status'))), never);
    expect(outcome.kind).toBe(kind);
    expect(response.http?.status).toBe(status);
  });

  it('does not follow redirects', async () => {
    target.reply = (_call, response) => void response.writeHead(307, { location: target.url('/elsewhere') }).end();
    const { outcome } = await runner.run(callOf(taskOf(target.url('/redirect'))), never);
    expect(outcome).toMatchObject({ kind: 'permanent', reason: 'redirect' });
    expect(target.calls.at(-1)?.path).toBe('/redirect');
  });

  it.each([
    ['17', 17_000],
    ['86400', 3_600_000],
    ['soon', undefined],
  ])('honours Retry-After: %s', async (value, expected) => {
    target.reply = (_call, response) => void response.writeHead(503, { 'retry-after': value }).end();
    const { outcome } = await runner.run(callOf(taskOf(target.url('/busy'))), never);
    expect(outcome.kind === 'retryable' ? outcome.retryAfterMs : null).toBe(expected);
  });
});

describe('what is kept of a reply', () => {
  const long = 'Ж'.repeat(maxKeptResponseBytes);

  it.each([
    ['gzip', gzipSync(long)],
    ['deflate', deflateSync(long)],
    ['br', brotliCompressSync(long)],
    ['zstd', zstdCompressSync(long)],
    ['gzip, br', brotliCompressSync(gzipSync(long))],
    ['', Buffer.from(long)],
  ])('the first 64 KiB, decompressed (%s)', async (encoding, payload) => {
    target.reply = (_call, response) => void response.setHeader('content-encoding', encoding).end(payload);
    const { outcome, response } = await runner.run(callOf(taskOf(target.url('/long'))), never);
    expect(outcome.kind).toBe('success');
    expect(response.http).toMatchObject({ body: long.slice(0, maxKeptResponseBytes / 2), truncated: true });
  });

  it('says so when the body is not what its content-encoding claims', async () => {
    target.reply = (_call, response) => void response.setHeader('content-encoding', 'gzip').end('not gzip at all');
    const { outcome, response } = await runner.run(callOf(taskOf(target.url('/lie'))), never);
    expect(outcome.kind).toBe('success');
    expect(response.http).toMatchObject({ body: '', truncated: true });
  });
});

describe('a hostile or broken target', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  const listen = async (behaviour: (socket: Socket) => void): Promise<string> => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      sockets.push(socket);
      behaviour(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  };
  const attempt = async (url: string, timeoutMs = 500) => {
    const start = performance.now();
    const { outcome } = await runner.run(callOf(taskOf(url), { timeoutMs }), never);
    expect(performance.now() - start).toBeLessThan(timeoutMs + 1_500);
    return outcome;
  };
  afterAll(() => {
    for (const server of servers) server.close();
    // One that never reads never sees that the other side has gone.
    for (const socket of sockets) socket.destroy();
  });

  it('that refuses', async () => {
    const url = await listen(() => {});
    await new Promise((resolve) => servers.pop()!.close(resolve));
    expect(await attempt(url)).toMatchObject({ kind: 'retryable', reason: 'connection_refused' });
  });

  it('that resets', async () => {
    const url = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await attempt(url)).toMatchObject({ kind: 'retryable', reason: 'connection_reset' });
  });

  it('that hangs up without an answer', async () => {
    const url = await listen((socket) => socket.once('data', () => socket.end()));
    expect(await attempt(url)).toMatchObject({ kind: 'retryable', reason: 'connection_reset' });
  });

  it('that takes the call and says nothing', async () => {
    const url = await listen(() => {});
    expect(await attempt(url)).toMatchObject({ kind: 'retryable', reason: 'timeout' });
  });

  it('that drips one byte at a time', async () => {
    const url = await listen((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const dripping = setInterval(() => socket.write('x'), 50);
      socket.once('close', () => clearInterval(dripping));
    });
    expect(await attempt(url)).toMatchObject({ kind: 'retryable', reason: 'timeout' });
  });

  it('that does not speak HTTP', async () => {
    const url = await listen((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    expect(await attempt(url)).toMatchObject({ kind: 'retryable', reason: 'bad_response' });
  });

  it('that sends headers without end', async () => {
    const url = await listen((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const line = `x-filler: ${'x'.repeat(1_000)}\r\n`;
      const filling = setInterval(() => socket.write(line.repeat(100)), 1);
      socket.once('close', () => clearInterval(filling));
    });
    expect(await attempt(url)).toMatchObject({ kind: 'retryable', reason: 'bad_response' });
  });

  it('whose name does not exist', async () => {
    const outcome = await attempt('http://target.invalid/', 5_000);
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'dns_failure' });
  });

  it('that answers ten gigabytes leaves memory flat', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    let sent = 0;
    const url = await listen((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n');
      const more = () => {
        do sent += megabyte.length;
        while (!socket.destroyed && socket.write(megabyte));
      };
      socket.on('drain', more);
      more();
    });
    expect(await attempt(url, 5_000)).toEqual({ kind: 'success' });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it('that answers a gzip bomb leaves memory flat', async () => {
    // A gigabyte of zeros, as sixteen members of 64 MiB each: a megabyte on the wire.
    const bomb = Buffer.concat(Array<Buffer>(16).fill(gzipSync(Buffer.alloc(64 * 1024 * 1024))));
    target.reply = (_call, response) => void response.setHeader('content-encoding', 'gzip').end(bomb);
    const before = process.memoryUsage.rss();
    const { outcome, response } = await runner.run(callOf(taskOf(target.url('/bomb'))), never);
    expect(outcome).toEqual({ kind: 'success' });
    expect(response.http).toMatchObject({ truncated: true, body: '\0'.repeat(maxKeptResponseBytes) });
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
  });
});
