import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Provider from 'oidc-provider';
import { authority, clientOfAuthority, serverOfAuthority } from '../../../../../../test/support/certificates.ts';
import { RecordingTarget, type RecordedCall } from '../../../../../../test/support/recording-target.ts';
import { callOf, never } from '../../testing/calls.ts';
import type { CallTls } from '../../call-tls.ts';
import type { TokenAuth } from '../../opened-target.ts';
import { HttpRunner, type HttpRunnerOptions } from '../http-runner.ts';
import { selfSigned } from '../testing/self-signed.ts';

let target: RecordingTarget;
let runner: HttpRunner;
/** Milliseconds that the runner takes to have passed. */
let now: number;

beforeEach(async () => {
  now = 0;
  target = await RecordingTarget.listen();
  runner = open();
});

afterEach(async () => {
  await runner.close();
  await target.close();
});

function open(options: HttpRunnerOptions = {}): HttpRunner {
  return new HttpRunner({ now: () => now, ...options });
}

const task = (path = '/api', headers: Record<string, string> = {}) =>
  ({ type: 'http', url: target.url(path), method: 'POST', headers }) as const;
const run = (tokens: TokenAuth, overrides: Parameters<typeof callOf>[1] = {}, headers: Record<string, string> = {}) =>
  runner.run(callOf(task('/api', headers), { ...overrides, tokens } as object), never);

describe('access tokens of a real OAuth server', () => {
  let server: Server;
  let granted: number;
  const client = { clientId: 'provi sor:1', clientSecret: 'sech%r+et/&=?~ x' };

  // It warns that it keeps tokens and keys in memory, which is what a test wants.
  const said = (['warn', 'info'] as const).map((level) => jest.spyOn(console, level));

  beforeAll(() => said.forEach((spy) => spy.mockReturnValue(undefined)));
  afterAll(() => said.forEach((spy) => spy.mockRestore()));

  beforeEach(async () => {
    granted = 0;
    const method = (name: string, id: string) => ({
      client_id: id,
      client_secret: client.clientSecret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: name as 'client_secret_basic',
    });
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const provider = new Provider(`http://127.0.0.1:${String(port)}`, {
      clients: [method('client_secret_basic', client.clientId), method('client_secret_post', 'posting')],
      features: {
        clientCredentials: { enabled: true },
        introspection: { enabled: true },
        revocation: { enabled: true },
        devInteractions: { enabled: false },
      },
      scopes: ['provision'],
      ttl: { ClientCredentials: 600 },
    });
    provider.on('grant.success', () => {
      granted++;
    });
    const handle = provider.callback();
    server.on('request', (request, response) => void handle(request, response));
    // The target asks the server of whom a token is.
    target.reply = async ({ headers }, response) => {
      const token = String(headers.authorization).replace('Bearer ', '');
      const credentials = [client.clientId, client.clientSecret].map(encodeURIComponent).join(':');
      const answer = await fetch(`http://127.0.0.1:${String(port)}/token/introspection`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
        body: new URLSearchParams({ token }),
      });
      const { active, client_id: id, scope } = (await answer.json()) as Record<string, unknown>;
      response.writeHead(active === true ? 200 : 401).end(JSON.stringify({ id, scope }));
    };
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const auth = (fields: Partial<TokenAuth> = {}): TokenAuth => ({
    type: 'oauth2_client_credentials',
    targetId: 'crm',
    tokenUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/token`,
    style: 'basic',
    scope: 'provision',
    ...client,
    ...fields,
  });

  it('open the target, one for many calls', async () => {
    const tokens = auth();
    const results = await Promise.all(Array.from({ length: 50 }, () => run(tokens)));
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(Array(50).fill('success'));
    expect(JSON.parse(results[0]!.response.http!.body)).toEqual({ id: client.clientId, scope: 'provision' });
    expect(granted).toBe(1);
  });

  it('are given to a client that has its secret in the body', async () => {
    const { outcome, response } = await run(auth({ style: 'body', clientId: 'posting' }));
    expect(outcome.kind).toBe('success');
    expect(JSON.parse(response.http!.body)).toMatchObject({ id: 'posting' });
  });

  it('are got anew when they were revoked, once, and the call succeeds in the same attempt', async () => {
    const tokens = auth();
    await run(tokens);
    const [token] = target.calls.map(({ headers }) => String(headers.authorization).replace('Bearer ', ''));
    const credentials = [client.clientId, client.clientSecret].map(encodeURIComponent).join(':');
    await fetch(`${tokens.tokenUrl}/revocation`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      body: new URLSearchParams({ token: token! }),
    });
    now = 60_000;
    const results = await Promise.all(Array.from({ length: 20 }, () => run(tokens)));
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(Array(20).fill('success'));
    expect(granted).toBe(2);
  });

  it('are not given for a wrong secret, which the message does not tell', async () => {
    const { outcome, reached } = await run(auth({ clientSecret: 'planted-secret' }));
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'auth_unavailable' });
    expect(outcome).toMatchObject({ message: expect.stringMatching(/\/token answered 40[01] \(invalid_client\)$/) });
    expect(JSON.stringify(outcome)).not.toContain('planted');
    expect(reached).toBe('no');
  });
});

describe('access tokens of an endpoint that misbehaves', () => {
  let endpoint: RecordingTarget;
  let issued: number;
  let answer: (call: RecordedCall) => { status?: number; headers?: Record<string, string>; content: unknown };

  beforeEach(async () => {
    issued = 0;
    endpoint = await RecordingTarget.listen();
    answer = () => ({ content: { access_token: `token-${String(++issued)}`, token_type: 'Bearer', expires_in: 3600 } });
    endpoint.reply = (call, response) => {
      const { status = 200, headers = {}, content } = answer(call);
      response.writeHead(status, headers).end(typeof content === 'string' ? content : JSON.stringify(content));
    };
  });

  afterEach(() => endpoint.close());

  const auth = (fields: Partial<TokenAuth> = {}): TokenAuth => ({
    type: 'oauth2_client_credentials',
    targetId: 'crm',
    tokenUrl: endpoint.url('/token?tenant=planted'),
    clientId: 'me',
    clientSecret: 'planted-secret',
    style: 'basic',
    ...fields,
  });
  const sent = () => target.calls.map(({ headers }) => headers.authorization);

  it('are asked for as RFC 6749 says it, with scope and audience', async () => {
    await run(auth({ scope: 'a b', audience: 'https://crm.example', resource: 'urn:crm' }));
    await run(auth({ style: 'body', clientSecret: 'a&b=c' }));
    expect(endpoint.calls).toMatchObject([
      {
        method: 'POST',
        path: '/token?tenant=planted',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
          authorization: `Basic ${Buffer.from('me:planted-secret').toString('base64')}`,
        },
        body: 'grant_type=client_credentials&scope=a+b&audience=https%3A%2F%2Fcrm.example&resource=urn%3Acrm',
      },
      { body: 'grant_type=client_credentials&client_id=me&client_secret=a%26b%3Dc' },
    ]);
    expect(endpoint.calls[1]!.headers.authorization).toBeUndefined();
  });

  it.each<[string, ReturnType<typeof answer>, RegExp]>([
    ['fails', { status: 503, content: 'planted-secret' }, /\/token answered 503$/],
    ['redirects', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, content: '' }, /redirects are not/],
    ['answers with a page', { content: '<html>planted-secret' }, /no JSON object$/],
    ['has no token', { content: {} }, /without access_token$/],
    ['answers too much', { content: `{"access_token":"${'x'.repeat(100_000)}"}` }, /more than it takes/],
  ])('that %s is no attempt, and nothing is sent', async (_, given, message) => {
    answer = () => given;
    const { outcome, reached } = await run(auth());
    expect(outcome).toMatchObject({
      kind: 'retryable',
      reason: 'auth_unavailable',
      message: expect.stringMatching(message),
    });
    expect(JSON.stringify(outcome)).not.toContain('planted');
    expect(reached).toBe('no');
    expect(target.calls).toEqual([]);
  });

  it('that is away is no attempt', async () => {
    const tokens = auth();
    await endpoint.close();
    const { outcome } = await run(tokens);
    expect(outcome).toMatchObject({
      reason: 'auth_unavailable',
      message: expect.stringMatching(/failed: connect ECONNREFUSED/),
    });
    endpoint = await RecordingTarget.listen();
  });

  it('whose address may not be called is not called', async () => {
    await runner.close();
    runner = open({ deny: ['127.0.0.2/32'] });
    const { outcome, reached } = await run(auth({ tokenUrl: 'http://127.0.0.2:1/token' }));
    expect(outcome).toMatchObject({
      reason: 'auth_unavailable',
      message: expect.stringMatching(/may not be called: 127.0.0.2 is in 127.0.0.2\/32 of HTTP_DENY_CIDRS/),
    });
    expect(reached).toBe('no');
  });

  it('that is slow holds a call no longer than its own limit, and the next call has the token', async () => {
    const asked = Promise.withResolvers<undefined>();
    const released = Promise.withResolvers<undefined>();
    endpoint.reply = async (_call, response) => {
      asked.resolve(undefined);
      await released.promise;
      response.end(JSON.stringify({ access_token: 'late' }));
    };
    const tokens = auth();
    const first = run(tokens, { timeoutMs: 100 });
    await asked.promise;
    const { outcome, reached } = await first;
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'auth_unavailable' });
    expect(reached).toBe('no');
    const second = run(tokens);
    released.resolve(undefined);
    expect((await second).outcome.kind).toBe('success');
    expect(sent()).toEqual(['Bearer late']);
    expect(endpoint.calls).toHaveLength(1);
  });

  it('that fails is not called by each of many calls', async () => {
    answer = () => ({ status: 500, content: '' });
    const tokens = auth();
    for (let round = 0; round < 20; round++) {
      const results = await Promise.all(Array.from({ length: 50 }, () => run(tokens)));
      expect(new Set(results.map(({ outcome }) => (outcome.kind === 'success' ? '' : outcome.reason)))).toEqual(
        new Set(['auth_unavailable']),
      );
      now += 500;
    }
    expect(endpoint.calls.length).toBeLessThanOrEqual(5);
  });

  it('is left alone for as long as it wants', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '100' }, content: '' });
    const tokens = auth();
    await run(tokens);
    now += 99_000;
    await run(tokens);
    expect(endpoint.calls).toHaveLength(1);
    now += 1_000;
    await run(tokens);
    expect(endpoint.calls).toHaveLength(2);
  });

  it('whose tokens the target never takes is asked again every few seconds at most; the 401 counts', async () => {
    target.reply = (_call, response) => void response.writeHead(401).end('no');
    const tokens = auth();
    for (let round = 0; round < 30; round++) {
      const { outcome, reached } = await run(tokens);
      expect(outcome).toMatchObject({ kind: 'permanent', reason: 'http_status', message: 'the target answered 401' });
      expect(reached).toBe('yes');
      now += 1_000;
    }
    expect(endpoint.calls.length).toBeGreaterThan(2);
    expect(endpoint.calls.length).toBeLessThanOrEqual(1 + 30 / 5);
  });

  it('that fails after a 401 leaves the call uncounted, with what the target has answered', async () => {
    const tokens = auth();
    await run(tokens);
    now = 10_000;
    target.reply = (_call, response) => void response.writeHead(401).end('expired');
    answer = () => ({ status: 500, content: '' });
    const { outcome, reached, response } = await run(tokens);
    expect(outcome).toMatchObject({ kind: 'retryable', reason: 'auth_unavailable' });
    expect(reached).toBe('yes');
    expect(response.http).toMatchObject({ status: 401, body: 'expired' });
  });

  it('repeats a refused call within the same deadline', async () => {
    const tokens = auth();
    await run(tokens);
    now = 10_000;
    endpoint.reply = () => undefined;
    target.reply = (_call, response) => void response.writeHead(401).end();
    const startedAt = performance.now();
    const { outcome } = await run(tokens, { timeoutMs: 300 });
    expect(outcome).toMatchObject({ reason: 'auth_unavailable' });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('are one for all calls when all are refused at once, and each is repeated once', async () => {
    const tokens = auth();
    await run(tokens);
    now = 10_000;
    target.reply = ({ headers }, response) => {
      response.writeHead(headers.authorization === 'Bearer token-2' ? 200 : 401).end();
    };
    const results = await Promise.all(Array.from({ length: 100 }, () => run(tokens)));
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(Array(100).fill('success'));
    expect(issued).toBe(2);
    expect(target.calls.length).toBeLessThanOrEqual(1 + 200);
  });

  it('that end soon are renewed before, in the background', async () => {
    answer = () => ({ content: { access_token: `token-${String(++issued)}`, expires_in: 2 } });
    const tokens = auth();
    await run(tokens);
    now = 1_700;
    await run(tokens);
    const renewed = Promise.withResolvers<undefined>();
    const reply = endpoint.reply;
    endpoint.reply = async (call, response) => {
      await reply(call, response);
      renewed.resolve(undefined);
    };
    now = 1_800;
    await run(tokens);
    if (issued < 2) await renewed.promise;
    expect(issued).toBe(2);
  });

  it('are those of the credentials: new ones get a new token', async () => {
    await run(auth());
    await run(auth());
    await run(auth({ clientSecret: 'rotated' }));
    expect(sent()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  it('are not sent where the task says the header itself', async () => {
    await run(auth(), {}, { Authorization: 'mine' });
    expect(sent()).toEqual(['mine']);
    expect(endpoint.calls).toEqual([]);
  });

  it('are told with the result, so that nothing keeps them', async () => {
    const tokens = auth();
    const { secrets } = await run(tokens);
    expect(secrets).toEqual(['token-1']);
    now = 10_000;
    target.reply = ({ headers }, response) => {
      response.writeHead(headers.authorization === 'Bearer token-2' ? 200 : 401).end();
    };
    expect(new Set((await run(tokens)).secrets)).toEqual(new Set(['token-1', 'token-2']));
  });

  it('end with the runner', async () => {
    const asked = Promise.withResolvers<undefined>();
    endpoint.reply = () => asked.resolve(undefined);
    const call = run(auth());
    await asked.promise;
    await runner.close();
    expect((await call).outcome).toMatchObject({ reason: 'auth_unavailable' });
    runner = open();
  });
});

describe('access tokens over TLS', () => {
  /** Those who asked, by their certificates. */
  const asked: string[] = [];
  const open: { close: () => void }[] = [];
  const trusted = getCACertificates();

  afterEach(() => {
    for (const server of open.splice(0)) server.close();
    setDefaultCACertificates(trusted);
    asked.length = 0;
  });

  async function endpointOf(identity: { cert: string; key: string }): Promise<string> {
    const server = createSecureServer({ ...identity, ca: authority, requestCert: true, rejectUnauthorized: false });
    open.push(server);
    server.on('request', (request, response) => {
      const socket = request.socket as TLSSocket;
      asked.push(socket.authorized ? String(socket.getPeerCertificate().subject.CN) : 'unknown');
      response.end(JSON.stringify({ access_token: 'granted' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  }
  const auth = (tokenUrl: string, tls?: CallTls): TokenAuth => ({
    type: 'oauth2_client_credentials',
    targetId: 'crm',
    tokenUrl,
    clientId: 'me',
    clientSecret: 'planted-secret',
    style: 'basic',
    tls,
  });
  const outcomeOf = async (tokens: TokenAuth) => (await run(tokens)).outcome;
  const refused = { kind: 'retryable', reason: 'auth_unavailable' };

  it('are asked for with the certificates of the target', async () => {
    const url = await endpointOf(serverOfAuthority);
    const { cert: certificate, key } = clientOfAuthority;
    expect(await outcomeOf(auth(url))).toMatchObject(refused);
    // A correction counts at once: the pause after a failure is that of the certificates before.
    expect((await outcomeOf(auth(url, { ca: authority, certificate, key }))).kind).toBe('success');
    expect(asked).toEqual(['client']);
  });

  it('come from a server that the system trusts, only where that may be', async () => {
    setDefaultCACertificates([selfSigned.cert]);
    const url = await endpointOf(selfSigned);
    expect(await outcomeOf(auth(url, { ca: authority }))).toMatchObject(refused);
    expect((await outcomeOf(auth(url, { ca: authority, trustsSystem: true }))).kind).toBe('success');
    const other = await endpointOf(serverOfAuthority);
    expect((await outcomeOf(auth(other, { ca: authority, trustsSystem: true }))).kind).toBe('success');
  });
});
