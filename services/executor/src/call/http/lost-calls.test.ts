import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isCounted } from '../../execute/judgement.ts';
import { callOf, never } from '../testing/calls.ts';
import { HttpRunner } from './http-runner.ts';
import type { Names } from './names/name-resolver.ts';
import { answer, RawTarget } from './testing/raw-target.ts';
import { selfSigned } from './testing/self-signed.ts';

/** Tells the address of a name when it is asked to, so that a call waits for its connection until then. */
class HeldNames implements Names {
  readonly asked = Promise.withResolvers<undefined>();
  readonly released = Promise.withResolvers<undefined>();

  async find(): Promise<{ address: string; family: 4 }[]> {
    this.asked.resolve(undefined);
    await this.released.promise;
    return [{ address: '127.0.0.1', family: 4 }];
  }

  close(): void {}
}

let names: HeldNames;
let runner: HttpRunner;
let target: RawTarget;
let isOurs: boolean;

beforeEach(() => {
  names = new HeldNames();
  runner = new HttpRunner({ names });
  isOurs = true;
});
afterEach(() => Promise.all([runner.close(), target.close()]));

async function listen({ tls = false } = {}): Promise<void> {
  const onRequest = ({ socket }: { socket: { write(bytes: string): unknown } }) => void socket.write(answer());
  target = await RawTarget.listen({ onRequest }, tls ? selfSigned : undefined);
}

/** As the broker's session does after a standstill: no signal has fired, and it throws when it is asked. */
const assertOurs = (): void => {
  if (!isOurs) throw new Error('the process stood still for 9 s; the broker may have moved on');
};

const attempt = async () => {
  const tls = target.url().startsWith('https') && { tls: { ca: selfSigned.cert } };
  const task = { type: 'http', url: target.url('localhost.example'), method: 'POST', headers: {}, ...tls } as const;
  const { outcome } = await runner.run(callOf(task), never, assertOurs);
  // The client takes a connection for the next call a turn after its answer.
  await turn();
  return outcome;
};

describe('a call that another executor may have by now', () => {
  it('is not sent over the connection that was being made meanwhile, and does not count', async () => {
    await listen();
    const running = attempt();
    await names.asked.promise;
    isOurs = false;
    names.released.resolve(undefined);
    const outcome = await running;
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'aborted' });
    expect(isCounted(outcome)).toBe(false);
    // A call that is made afterwards is the first that the target hears of.
    isOurs = true;
    expect(await attempt()).toEqual({ kind: 'success' });
    expect(target.heads).toHaveLength(1);
  });

  it('is not sent over a kept connection either', async () => {
    await listen();
    names.released.resolve(undefined);
    expect(await attempt()).toEqual({ kind: 'success' });
    isOurs = false;
    expect(await attempt()).toMatchObject({ kind: 'retryable', reason: 'aborted' });
    isOurs = true;
    expect(await attempt()).toEqual({ kind: 'success' });
    expect(target.heads).toHaveLength(2);
  });

  it('is not sent once more when the kept connection turns out to have ended', async () => {
    await listen();
    names.released.resolve(undefined);
    expect(await attempt()).toEqual({ kind: 'success' });
    target.behaviour = {
      onRequest: ({ socket }) => {
        isOurs = false;
        socket.destroy();
      },
    };
    expect(await attempt()).toMatchObject({ kind: 'retryable', reason: 'aborted' });
    expect(target.heads).toHaveLength(2);
  });
});
