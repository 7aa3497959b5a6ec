import { describe, expect, it } from '@jest/globals';
import { isSecretHeader, secretHeadersOf } from './handler-secrets.ts';

describe('a header', () => {
  it.each(['Authorization', 'Set-Cookie', 'X-Auth-User', 'X-Api-Key', 'apikey', 'Subscription-Key', 'X-Access-Token'])(
    'is secret by its name: %s',
    (name) => expect(isSecretHeader(name)).toBe(true),
  );

  it.each(['accept', 'X-Tenant', 'Idempotency-Key', 'X-Idempotency-Key', 'Key'])(
    'is not secret by its name: %s',
    (name) => expect(isSecretHeader(name)).toBe(false),
  );

  it('is secret also when it is named', () => {
    const headers = { Authorization: '', 'X-Tenant': '', accept: '' };
    expect(secretHeadersOf({ headers, secretHeaders: ['X-Tenant'] })).toEqual(['authorization', 'x-tenant']);
  });
});
