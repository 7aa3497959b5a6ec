import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FreezingProxy } from '../../../../../../test/support/freezing-proxy.ts';
import { RecordingTarget } from '../../../../../../test/support/recording-target.ts';
import { callOf, never } from '../../testing/calls.ts';
import { HttpRunner } from '../http-runner.ts';
import { RawTarget } from '../testing/raw-target.ts';

const timeout = { kind: 'retryable', reason: 'timeout' };

let runner: HttpRunner;
const toClose: { close(): Promise<void> }[] = [];

beforeEach(() => {
  runner = new HttpRunner();
});
afterEach(async () => {
  await runner.close();
  await Promise.all(toClose.splice(0).map((each) => each.close()));
});

async function attempt(url: string, { timeoutMs = 500, body = '{}' } = {}) {
  const from = performance.now();
  const call = callOf({ type: 'http', url, method: 'POST', headers: {} }, { timeoutMs, body });
  const { outcome } = await runner.run(call, never);
  // The client takes a connection for the next call a turn after its answer.
  await turn();
  expect(performance.now() - from).toBeLessThan(timeoutMs + 2_000);
  return outcome;
}

describe('a connection to a target that has gone silent', () => {
  it('costs the attempt that meets it its time, and the next one goes over a new connection', async () => {
    const target = await RecordingTarget.listen();
    const proxy = await FreezingProxy.before(target.url(), 80);
    toClose.push(proxy, target);
    expect(await attempt(proxy.url(target.url()), { timeoutMs: 5_000 })).toEqual({ kind: 'success' });
    proxy.freeze('work');
    expect(await attempt(proxy.url(target.url()))).toMatchObject(timeout);
    expect(await attempt(proxy.url(target.url()), { timeoutMs: 5_000 })).toEqual({ kind: 'success' });
  });
});

it('a target that stops reading costs no more than the time of the attempt', async () => {
  const target = await RawTarget.listen({ onConnection: ({ socket }) => socket.pause() });
  toClose.push(target);
  // More than what the operating system takes for it.
  expect(await attempt(target.url(), { body: JSON.stringify('x'.repeat(16_000_000)) })).toMatchObject(timeout);
});
