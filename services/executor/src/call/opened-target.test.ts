import { describe, expect, it } from '@jest/globals';
import type { HttpTask, TargetAuth } from '#contracts';
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
  const opened = (auth: TargetAuth | null, headers: Record<string, string> = {}) =>
    openedTarget(
      { id: 't', baseUrl: 'https://crm.example', headers, secretHeaders: ['x-key'], tls: null, auth },
      (slot) => `secret of ${slot}`,
    );

  it('has its secrets in their places, and knows them', () => {
    const { headers, secrets } = opened(null, { 'X-Key': '***', accept: '*/*' });
    expect(headers).toEqual({ 'X-Key': 'secret of header:x-key', accept: '*/*' });
    expect(secrets).toEqual(['secret of header:x-key']);
  });

  it('authenticates with user and password, in the place of a header that would say the same', () => {
    const { headers, secrets } = opened({ type: 'basic', username: 'u', password: '***' }, { Authorization: 'x' });
    const authorization = `Basic ${Buffer.from('u:secret of auth:secret').toString('base64')}`;
    expect(headers).toEqual({ authorization });
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
});
