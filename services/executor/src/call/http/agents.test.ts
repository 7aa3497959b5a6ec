import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpTls } from '#contracts';
import { authority, clientOfAuthority, serverOfAuthority } from '../../../../../test/support/certificates.ts';
import { callOf, never } from '../testing/calls.ts';
import { Agents } from './agents.ts';
import { HttpRunner } from './http-runner.ts';
import { selfSigned } from './testing/self-signed.ts';

const { cert: certificate, key } = clientOfAuthority;

describe('the certificates of a handler', () => {
  let server: Server;
  const runner = new HttpRunner();
  const strict = new HttpRunner({ deny: ['127.0.0.0/8'] });

  beforeAll(async () => {
    server = createServer({ ...serverOfAuthority, ca: authority, requestCert: true, rejectUnauthorized: false });
    server.on('request', (request, response) => {
      const socket = request.socket as TLSSocket;
      response.end(socket.authorized ? socket.getPeerCertificate().subject.CN : 'nobody');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await Promise.all([runner.close(), strict.close()]);
    await new Promise((resolve) => server.close(resolve));
  });

  const url = (host = '127.0.0.1'): string => `https://${host}:${(server.address() as AddressInfo).port}/`;
  const attempt = (tls: HttpTls | undefined, options: { by?: HttpRunner; host?: string } = {}) =>
    (options.by ?? runner).run(
      callOf({ type: 'http', url: url(options.host), method: 'POST', headers: {}, ...(tls && { tls }) }),
      never,
    );

  it('say whom to trust, and who calls', async () => {
    const known = { outcome: { kind: 'success' }, response: { http: { body: 'client' } } };
    expect(await attempt({ ca: authority, certificate, key })).toMatchObject(known);
    expect(await attempt({ ca: authority, certificate, key }, { host: 'localhost' })).toMatchObject(known);
  });

  it('are used by nobody else, on no connection that is kept', async () => {
    await attempt({ ca: authority, certificate, key });
    expect(await attempt({ ca: authority })).toMatchObject({ response: { http: { body: 'nobody' } } });
    const message = expect.stringMatching(/: a private authority has to be in tls\.ca$/);
    expect((await attempt(undefined)).outcome).toMatchObject({ kind: 'retryable', reason: 'tls_failure', message });
  });

  it('that do not vouch for the target, or are none, are a failure of TLS that says nothing of the key', async () => {
    for (const tls of [{ ca: selfSigned.cert }, { ca: authority, certificate, key: serverOfAuthority.key }]) {
      const { outcome } = await attempt(tls);
      expect(outcome).toMatchObject({ kind: 'retryable', reason: 'tls_failure' });
      expect(outcome.message).not.toContain('--use-system-ca');
      expect(JSON.stringify(outcome)).not.toContain('PRIVATE');
    }
    const cut = key.slice(0, -60);
    const { outcome } = await attempt({ ca: authority, certificate, key: cut });
    expect(outcome).toMatchObject({ reason: 'tls_failure' });
    expect(JSON.stringify(outcome)).not.toContain(key.split('\n')[1]);
  });

  it('open no way to an address that may not be called', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      expect((await attempt({ ca: authority, certificate, key }, { by: strict, host })).outcome).toMatchObject({
        kind: 'permanent',
        reason: 'address_refused',
      });
    }
  });

  it('are forgotten when nobody has called with them for a while, and not while somebody does', async () => {
    let now = 0;
    const agents = new Agents({ now: () => now });
    const end = Promise.withResolvers<undefined>();
    const long = agents.use({ ca: authority }, () => end.promise);
    await agents.use({ ca: selfSigned.cert }, () => Promise.resolve());
    now += 9 * 60_000;
    await agents.use({ ca: selfSigned.cert }, () => Promise.resolve());
    expect(agents.own).toBe(2);
    now += 11 * 60_000;
    await agents.use({ certificate, key }, () => Promise.resolve());
    expect(agents.own).toBe(2);
    end.resolve(undefined);
    await long;
    now += 11 * 60_000;
    await agents.use({ certificate, key }, () => Promise.resolve());
    expect(agents.own).toBe(1);
    await agents.destroy();
  });
});
