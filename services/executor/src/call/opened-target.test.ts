import { describe, expect, it } from '@jest/globals';
import type { HttpTask, HttpTls, TargetAuth } from '#contracts';
import { openedTarget, throughTarget, type OpenedTarget } from './opened-target.ts';

const target: OpenedTarget = {
  url: 'https://crm.example/',
  headers: {},
  tls: undefined,
  tokens: undefined,
  secrets: [],
};
const task: HttpTask = { type: 'http', target: 'id', method: 'POST', headers: {} };

describe('a task that calls a target', () => {
  it('goes to the target, and keeps its path for what an event makes of it', () => {
    expect(throughTarget({ ...task, path: '/{{ data.id }}' }, target)).toMatchObject({
      url: 'https://crm.example/',
      path: '/{{ data.id }}',
    });
  });

  it('has the headers of the target, and its own in the place of those of the same name', () => {
    const headers = { 'X-Tenant': 'acme', 'X-Source': 'target', Authorization: 'Basic dGFyZ2V0' };
    const own = { 'x-source': 'handler', authorization: 'Basic b3du' };
    const { headers: both } = throughTarget({ ...task, headers: own }, { ...target, headers });
    expect(both).toEqual({ 'X-Tenant': 'acme', 'x-source': 'handler', authorization: 'Basic b3du' });
  });

  it('has the certificates of the target', () => {
    expect(throughTarget(task, { ...target, tls: { ca: 'pem' } }).tls).toEqual({ ca: 'pem' });
  });
});

describe('a target', () => {
  const opened = (auth: TargetAuth | null, headers: Record<string, string> = {}, tls: HttpTls | null = null) =>
    openedTarget(
      { id: 't', baseUrl: 'https://crm.example', headers, secretHeaders: ['x-key'], tls, auth },
      (slot) => `secret of ${slot}`,
    );

  it('has its secrets in their places, and knows them', () => {
    const { headers, secrets } = opened(null, { 'X-Key': '***', accept: '*/*' });
    expect(headers).toEqual({ 'X-Key': 'secret of header:x-key', accept: '*/*' });
    expect(secrets).toEqual(['secret of header:x-key']);
  });

  it('authenticates with user and password, beside its headers', () => {
    const { headers, secrets } = opened({ type: 'basic', username: 'u', password: '***' }, { accept: '*/*' });
    const authorization = `Basic ${Buffer.from('u:secret of auth:secret').toString('base64')}`;
    expect(headers).toEqual({ accept: '*/*', authorization });
    expect(secrets).toEqual([authorization]);
  });

  it('gets access tokens with its client, whose secret is hidden in every form that it is sent in', () => {
    const auth = {
      type: 'oauth2_client_credentials',
      tokenUrl: 'https://id.example/token',
      clientId: 'a:b',
      clientSecret: '***',
      style: 'basic',
    } as const;
    const { headers, tokens, secrets } = opened(auth);
    expect(headers).toEqual({});
    expect(tokens).toEqual({ ...auth, targetId: 't', clientSecret: 'secret of auth:secret' });
    const password = Buffer.from('a%3Ab:secret+of+auth%3Asecret').toString('base64');
    expect(secrets).toEqual(['secret of auth:secret', 'secret+of+auth%3Asecret', password]);
  });

  it.each([
    ['https://crm.example:443/token', false],
    ['https://id.example/token', true],
  ])(
    'has certificates for its token endpoint too; at %s, those whom the system trusts count: %s',
    (tokenUrl, trustsSystem) => {
      const client = { clientId: 'a', clientSecret: '***', style: 'basic' } as const;
      const auth = { type: 'oauth2_client_credentials', tokenUrl, ...client } as const;
      const { tokens } = opened(auth, {}, { ca: 'pem', certificate: 'pem', key: '***' });
      expect(tokens!.tls).toEqual({ ca: 'pem', certificate: 'pem', key: 'secret of tls:key', trustsSystem });
      expect(opened(auth).tokens!.tls).toBeUndefined();
    },
  );
});
