import { createServer, type Server } from 'node:net';
import { connect as tlsConnect, createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpTask } from '#contracts';
import { RecordingTarget } from '../../../../../../test/support/recording-target.ts';
import { callOf, never } from '../../testing/calls.ts';
import type { AgentsOptions } from '../agents.ts';
import { HttpRunner } from '../http-runner.ts';
import type { Names } from '../names/name-resolver.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { AddressPolicy } from './address-policy.ts';
import { GuardedConnector } from './guarded-connector.ts';

let target: RecordingTarget;
let port: string;
const runners: HttpRunner[] = [];

/** Names with one answer after the other, the last one for all that follow. */
function namesOf(...answers: string[][]): Names & { asked: number } {
  return {
    asked: 0,
    find(): Promise<{ address: string; family: number }[]> {
      const answer = answers[Math.min(this.asked++, answers.length - 1)]!;
      return Promise.resolve(answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    },
    close: () => {},
  };
}

async function call(url: string, options: AgentsOptions = {}) {
  const runner = new HttpRunner(options);
  runners.push(runner);
  return attempt(runner, url);
}

async function attempt(runner: HttpRunner, url: string) {
  const task: HttpTask = { type: 'http', url, method: 'POST', headers: {} };
  return (await runner.run(callOf(task), never)).outcome;
}

const refused = { kind: 'permanent', reason: 'address_refused' };

beforeAll(async () => {
  target = await RecordingTarget.listen();
  port = new URL(target.url()).port;
});

afterAll(async () => {
  await Promise.all(runners.map((runner) => runner.close()));
  await target.close();
});

describe('an address in the URL', () => {
  it('is called by default where it is this machine', async () => {
    expect(await call(target.url())).toEqual({ kind: 'success' });
    expect(await call(`http://2130706433:${port}/`)).toEqual({ kind: 'success' });
    expect(await call(`http://[::ffff:7f00:1]:${port}/`)).toEqual({ kind: 'success' });
  });

  it('is not called where it may not be, and the outcome names it and the rule', async () => {
    const before = target.calls.length;
    const deny = ['127.0.0.0/8', '::1/128'];
    for (const host of ['127.0.0.1', '127.1', '0x7f000001', '[::ffff:127.0.0.1]', '[::1]', '127.0.0.1.']) {
      expect(await call(`http://${host}:${port}/`, { deny })).toMatchObject(refused);
    }
    expect(await call('http://[::ffff:a9fe:a9fe]/latest')).toEqual({
      ...refused,
      message: expect.stringMatching(
        /::ffff:a9fe:a9fe \(169\.254\.169\.254\) is cloud metadata \(169\.254\.169\.254\/32\)/,
      ),
    });
    expect(target.calls).toHaveLength(before);
  });

  it('is not called by any scheme but http and https', async () => {
    expect(await call('ftp://127.0.0.1/')).toMatchObject(refused);
    expect(await call('file:///etc/passwd')).toMatchObject(refused);
  });
});

describe('a name', () => {
  it('that means this machine is called by default, in every spelling', async () => {
    expect(await call(`http://localhost:${port}/`)).toEqual({ kind: 'success' });
    expect(await call(`http://LOCALHOST.:${port}/`, { names: namesOf(['127.0.0.1']) })).toEqual({ kind: 'success' });
  });

  it('that means this machine is not called where that is denied', async () => {
    const deny = ['127.0.0.0/8', '::1/128'];
    for (const name of ['localhost', 'LocalHost']) {
      expect(await call(`http://${name}:${port}/`, { deny })).toMatchObject(refused);
    }
  });

  it('is not called when every address of it may not be', async () => {
    const names = namesOf(['169.254.169.254', 'fd00:ec2::254']);
    expect(await call('http://metadata.example/', { names })).toEqual({
      ...refused,
      message: expect.stringMatching(/metadata\.example .*169\.254\.169\.254 is .*fd00:ec2::254 is /),
    });
  });

  it('is called at those of its addresses that may be', async () => {
    const names = namesOf(['169.254.169.254', '127.0.0.1']);
    expect(await call(`http://mixed.example:${port}/`, { names })).toEqual({ kind: 'success' });
  });

  it('that means something else the next time is not called then', async () => {
    const runner = new HttpRunner({ names: namesOf(['127.0.0.1'], ['169.254.169.254']) });
    runners.push(runner);
    target.reply = (_call, response) => void response.setHeader('connection', 'close').end();
    expect(await attempt(runner, `http://rebinding.example:${port}/`)).toEqual({ kind: 'success' });
    expect(await attempt(runner, `http://rebinding.example:${port}/`)).toMatchObject(refused);
  });

  it('is looked up once for a connection: the address that was checked is the one that is called', async () => {
    const names = namesOf(['127.0.0.1'], ['169.254.169.254']);
    expect(await call(`http://once.example:${port}/`, { names })).toEqual({ kind: 'success' });
    expect(names.asked).toBe(1);
  });
});

describe('what was connected to', () => {
  /** A policy that lets everything through until the connection is there. */
  class LatePolicy extends AddressPolicy {
    #asked = 0;
    override refusal(text: string): string | undefined {
      return this.#asked++ === 0 ? undefined : super.refusal(text);
    }
  }

  it('is checked before anything is sent, also a TLS greeting', async () => {
    const received: Buffer[] = [];
    const closed: Promise<unknown>[] = [];
    const server: Server = createServer((socket) => {
      socket.on('data', (chunk) => received.push(chunk));
      socket.on('error', () => {});
      closed.push(new Promise((resolve) => socket.once('close', resolve)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address() as { port: number };
    for (const protocol of ['http:', 'https:']) {
      const connector = new GuardedConnector(new LatePolicy({ deny: ['127.0.0.1/32'] }), {}, namesOf());
      const error = await new Promise((resolve) => {
        const options = { hostname: '127.0.0.1', host: 'target.example', protocol, port: String(address.port) };
        connector.connect(options, { signal: never, resolved: () => {} }, (...[failure]) => resolve(failure));
      });
      expect(error).toMatchObject({ code: 'ADDRESS_REFUSED' });
    }
    await Promise.all(closed);
    expect(received).toEqual([]);
    server.close();
  });
});

describe('TLS', () => {
  it('is verified: a certificate that nobody vouches for ends the call', async () => {
    const server = createTlsServer(selfSigned);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const tlsPort = (server.address() as { port: number }).port;
    const outcome = await call(`https://localhost:${String(tlsPort)}/`);
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'tls_failure' });
    // The server does serve: only the missing trust stood in the way.
    const trusting = tlsConnect({ host: '127.0.0.1', port: tlsPort, ca: selfSigned.cert, servername: 'localhost' });
    await new Promise((resolve) => trusting.once('secureConnect', resolve));
    trusting.destroy();
    server.close();
  });
});
