import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { TlsOptions } from 'node:tls';
import { authority, clientOfAuthority, serverOfAuthority } from '../../../../../../test/support/certificates.ts';
import { callOf, never } from '../../testing/calls.ts';
import { HttpRunner } from '../http-runner.ts';
import { answer, RawTarget, type RawBehaviour } from '../testing/raw-target.ts';

const runner = new HttpRunner();
let target: RawTarget;

afterEach(() => target.close());
afterAll(() => runner.close());

async function listen(behaviour: RawBehaviour, options: TlsOptions): Promise<void> {
  target = await RawTarget.listen(behaviour, { ...serverOfAuthority, ca: authority, ...options });
}

async function attempt(own: { certificate?: string; key?: string } = {}, body?: string) {
  const task = {
    type: 'http',
    url: target.url(),
    method: 'POST',
    headers: {},
    tls: { ca: authority, ...own },
  } as const;
  const { outcome } = await runner.run(callOf(task, { ...(body !== undefined && { body }) }), never);
  await turn();
  return outcome;
}

const refused = { kind: 'retryable', reason: 'tls_failure' };
const { cert: certificate, key } = clientOfAuthority;
const versions = ['TLSv1.2', 'TLSv1.3'] as const;

describe.each(versions)('a target that demands a client certificate (%s)', (version) => {
  const demanding: TlsOptions = {
    minVersion: version,
    maxVersion: version,
    requestCert: true,
    rejectUnauthorized: true,
  };

  it('and gets none is a failure of TLS, each time', async () => {
    await listen({}, demanding);
    for (let call = 0; call < 3; call += 1) expect(await attempt()).toMatchObject(refused);
  });

  it('also when it does not wait for the end of the request', async () => {
    await listen({}, demanding);
    expect(await attempt({}, JSON.stringify('x'.repeat(4 * 1024 * 1024)))).toMatchObject(refused);
  });

  it.each(['end', 'destroy'] as const)('also when it ends the connection without an alert (%s)', async (how) => {
    await listen({ onRequest: ({ socket }) => void socket[how]() }, { ...demanding, rejectUnauthorized: false });
    for (let call = 0; call < 3; call += 1) {
      expect(await attempt()).toMatchObject({ ...refused, message: expect.stringContaining('client certificate') });
    }
  });

  it('and gets one of its authority is called', async () => {
    await listen({ onRequest: ({ socket }) => socket.write(answer()) }, demanding);
    expect(await attempt({ certificate, key })).toEqual({ kind: 'success' });
  });

  it('and gets one of another authority is a failure of TLS', async () => {
    await listen({}, { ...demanding, ca: certificate });
    expect(await attempt({ certificate: serverOfAuthority.cert, key: serverOfAuthority.key })).toMatchObject(refused);
  });

  it('and answers, then breaks a later connection off, has not done so for the certificate', async () => {
    let requests = 0;
    const behaviour: RawBehaviour = {
      onRequest: ({ socket }) => {
        requests += 1;
        if (requests === 1) socket.write(answer());
        else socket.end('HTTP/1.1');
      },
    };
    await listen(behaviour, { ...demanding, rejectUnauthorized: false });
    expect(await attempt()).toEqual({ kind: 'success' });
    expect(await attempt()).toMatchObject({ kind: 'retryable', reason: 'connection_reset' });
  });
});

describe('a target with TLS that wants no certificate', () => {
  it.each(versions)('and breaks the connection off is reset (%s)', async (version) => {
    await listen({ onRequest: ({ socket }) => socket.end() }, { minVersion: version, maxVersion: version });
    for (let call = 0; call < 3; call += 1) {
      expect(await attempt()).toMatchObject({ kind: 'retryable', reason: 'connection_reset' });
    }
  });

  it('and ends the connection during the handshake is a failure of TLS', async () => {
    target = await RawTarget.listen({ onBytes: ({ socket }) => Boolean(socket.end()) });
    const url = target.url().replace('http:', 'https:');
    const { outcome } = await runner.run(callOf({ type: 'http', url, method: 'POST', headers: {} }), never);
    expect(outcome).toMatchObject({ ...refused, message: expect.stringContaining('handshake') });
  });
});
