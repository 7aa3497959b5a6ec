import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordingTarget } from '../../../../../../test/support/recording-target.ts';
import { isCounted } from '../../../execute/judgement.ts';
import { callOf, never } from '../../testing/calls.ts';
import { HttpRunner } from '../http-runner.ts';
import { NameServer } from '../testing/name-server.ts';
import { answer, RawTarget } from '../testing/raw-target.ts';
import { NameResolver } from './name-resolver.ts';

let target: RecordingTarget;
let port: string;
let server: NameServer;
let runner: HttpRunner;

beforeAll(async () => {
  target = await RecordingTarget.listen();
  port = new URL(target.url()).port;
});
afterAll(() => target.close());
beforeEach(async () => {
  server = await NameServer.listen();
  runner = new HttpRunner({ names: new NameResolver(server.resolver()) });
});
afterEach(() => Promise.all([runner.close(), server.close()]));

async function attempt(url: string, { timeoutMs = 10_000, signal = never } = {}) {
  const { outcome } = await runner.run(
    callOf({ type: 'http', url, method: 'POST', headers: {} }, { timeoutMs }),
    signal,
  );
  return outcome;
}

const urlOf = (host: string): string => `http://${host}:${port}/`;

describe('a call to a name', () => {
  it('goes to an address that the name has', async () => {
    server.zones.set('live.example', { addresses: ['127.0.0.1'] });
    expect(await attempt(urlOf('live.example'))).toEqual({ kind: 'success' });
  });

  it('goes to the next address where the first one does not answer, of either family', async () => {
    server.zones.set('both.example', { addresses: ['::1', '127.0.0.1'] });
    expect(await attempt(urlOf('both.example'))).toEqual({ kind: 'success' });
  });

  it('that does not exist has failed for a reason of the name, and counts', async () => {
    server.zones.set('gone.example', 'NXDOMAIN');
    const outcome = await attempt(urlOf('gone.example'));
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'dns_failure' });
    expect(isCounted(outcome)).toBe(true);
  });

  it.each(['SERVFAIL', 'REFUSED', 'silence'] as const)('that cannot be found out (%s) does not count', async (zone) => {
    server.zones.set('unclear.example', zone);
    const outcome = await attempt(urlOf('unclear.example'));
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'dns_unavailable' });
    expect(isCounted(outcome)).toBe(false);
  });

  it('whose time is up before the name servers have answered does not count, either', async () => {
    const outcome = await attempt(urlOf('silent.example'), { timeoutMs: 300 });
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'dns_unavailable' });
  });

  it('that is taken back meanwhile is taken back', async () => {
    const takeBack = new AbortController();
    const running = attempt(urlOf('silent.example'), { signal: takeBack.signal });
    takeBack.abort();
    expect(await running).toMatchObject({ kind: 'retryable', reason: 'aborted' });
  });

  it('ends the search for it when it ends', async () => {
    await attempt(urlOf('silent.example'), { timeoutMs: 200 });
    // A second search would share the first one, and not ask again so soon, if that went on.
    const asked = server.questionsFor('silent.example');
    server.zones.set('silent.example', { addresses: ['127.0.0.1'] });
    expect(await attempt(urlOf('silent.example'), { timeoutMs: 700 })).toEqual({ kind: 'success' });
    expect(server.questionsFor('silent.example')).toBeGreaterThan(asked);
  });

  it('looks it up once for a connection, and not for each call', async () => {
    server.zones.set('live.example', { addresses: ['127.0.0.1'], ttl: 0 });
    for (let call = 0; call < 5; call += 1) await attempt(urlOf('live.example'));
    expect(server.questionsFor('live.example')).toBe(2);
  });
});

describe('names without an answer', () => {
  /** Calls by this number of parallel clients, each of which waits for the name server for each connection. */
  async function callsPerSecond(hosts: readonly string[], calls: number): Promise<number> {
    const start = performance.now();
    let made = 0;
    const line = async (): Promise<void> => {
      while (made < calls) {
        const host = hosts[made++ % hosts.length]!;
        expect(await attempt(urlOf(host))).toEqual({ kind: 'success' });
      }
    };
    await Promise.all(Array.from({ length: 16 }, line));
    return (calls / (performance.now() - start)) * 1_000;
  }

  it('take nothing from targets that are called by other names', async () => {
    server.otherwise = 'silence';
    const hosts = Array.from({ length: 20 }, (_, i) => `live-${String(i)}.example`);
    for (const host of hosts) server.zones.set(host, { addresses: ['127.0.0.1'] });
    // Each call needs a connection, and many a search.
    target.reply = (_call, response) => void response.setHeader('connection', 'close').end();
    await callsPerSecond(hosts, 100);
    const before = await callsPerSecond(hosts, 300);
    const dead = Promise.all(
      Array.from({ length: 60 }, (_, i) => attempt(urlOf(`dead-${String(i % 20)}.example`), { timeoutMs: 20_000 })),
    );
    const meanwhile = await callsPerSecond(hosts, 300);
    const outcomes = await dead;
    expect(outcomes.filter((o) => o.kind !== 'retryable' || o.reason !== 'dns_unavailable')).toEqual([]);
    // The measured ratio is about 1. On a busy machine a run of half a second says little; where dead names take the
    // places of others, the ratio is below 0.01.
    expect(meanwhile).toBeGreaterThan(0.1 * before);
  });

  it('take nothing from calls to addresses, nor from kept connections', async () => {
    const raw = await RawTarget.listen({ onRequest: ({ socket }) => socket.write(answer()) });
    const dead = attempt(urlOf('dead.example'));
    for (let call = 0; call < 3; call += 1) expect(await attempt(raw.url())).toEqual({ kind: 'success' });
    await runner.close();
    await dead;
    await raw.close();
  });
});
