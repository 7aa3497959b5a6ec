import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, type JWTPayload } from 'jose';
import { audience, startIdentityProvider, type IdentityProvider } from '../../testing/identity-provider.ts';
import { startRegistry, testKey, type Answer, type TestRegistry } from '../../testing/registry.ts';
import { looksLikeJwt } from './jwt.ts';
import { OidcTokens } from './oidc-tokens.ts';
import { nameOf, roleOf } from './token-role.ts';

const inAnHour = (): number => Math.floor(Date.now() / 1_000) + 3_600;
const anHourAgo = (): number => Math.floor(Date.now() / 1_000) - 3_600;

describe('the role of a token', () => {
  const defaults = ['provisor_role', 'roles'];

  it.each([
    [{ provisor_role: 'operator' }, defaults, 'operator'],
    [{ roles: ['unknown-role', 'viewer', 'admin'] }, defaults, 'admin'],
    // The first claim that is there decides, whatever the other says.
    [{ provisor_role: 'viewer', roles: ['admin'] }, defaults, 'viewer'],
    [{ provisor_role: 'unknown-role', roles: ['admin'] }, defaults, undefined],
    [{ realm_access: { roles: ['operator'] } }, ['realm_access.roles'], 'operator'],
    [{ 'https://example.org/role': 'admin' }, ['https://example.org/role'], 'admin'],
    [{ roles: 'Admin' }, defaults, undefined],
    [{ roles: [['admin']] }, defaults, undefined],
    [{ roles: { admin: true } }, defaults, undefined],
    [{ roles: null }, defaults, undefined],
    [{}, defaults, undefined],
    [{}, ['constructor.name'], undefined],
  ])('%j by %j: %s', (claims, names, role) => {
    expect(roleOf(claims as JWTPayload, names)).toBe(role);
  });

  it('its holder is called by what people read, in one line', () => {
    expect(nameOf({ sub: '17' })).toBe('17');
    expect(nameOf({ sub: '17', email: 'ada@example.org', preferred_username: '' })).toBe('ada@example.org');
    expect(nameOf({ sub: '17', name: `a\u0000b\nc\ud800${'x'.repeat(300)}` })).toMatch(/^a b c\ufffdx{249}$/u);
  });
});

describe('OIDC', () => {
  let provider: IdentityProvider;
  let registry: TestRegistry;
  beforeAll(async () => {
    provider = await startIdentityProvider();
    const oidc = { issuer: provider.issuer, audience, rolesClaims: ['provisor_role', 'roles'] };
    registry = await startRegistry({ oidc });
  });
  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
  });

  const whoIs = (key: string): Promise<Answer> => registry.call('GET', '/api/v1/session', { key });

  it('a token gives the role of its claim, and its holder is in the audit', async () => {
    const key = await provider.token({ roles: ['operator'], preferred_username: 'ada' });
    expect(await whoIs(key)).toMatchObject({
      status: 200,
      body: { kind: 'oidc', id: 'user-1', name: 'ada', role: 'operator', expiresAt: expect.any(String) },
    });
    expect((await registry.call('POST', '/api/v1/catalog/reload', { key })).status).toBe(202);
    expect((await registry.call('POST', '/api/v1/handlers', { key, body: {} })).status).toBe(403);
    const { body } = await registry.call('GET', '/api/v1/audit?actor=ada');
    expect(body.items).toMatchObject([
      { action: 'catalog.reload', actor: { kind: 'oidc', id: 'user-1', name: 'ada' } },
    ]);
  });

  it('API keys go on working beside it', async () => {
    expect((await whoIs(testKey)).status).toBe(200);
  });

  it('a token without a role is refused, and told so', async () => {
    const { status, body } = await whoIs(await provider.token({ roles: ['unknown-role'] }));
    expect([status, body.type]).toEqual([403, 'urn:provisor:problem:forbidden']);
  });

  it.each([
    ['has expired', { exp: anHourAgo() }],
    ['is not valid yet', { nbf: inAnHour() }],
    ['never ends', { exp: undefined }],
    ['has no subject', { sub: undefined }],
    ['is for another audience', { aud: 'another' }],
    ['has no audience', { aud: undefined }],
    ['is of another issuer', { iss: 'https://evil.example' }],
  ])('a token that %s opens nothing', async (_, claims) => {
    const key = await provider.token({ provisor_role: 'admin', ...claims } as JWTPayload);
    expect(await whoIs(key)).toMatchObject({ status: 401, body: { type: 'urn:provisor:problem:unauthenticated' } });
  });

  it('a forged token opens nothing', async () => {
    await using other = await startIdentityProvider();
    const claims = { iss: provider.issuer, provisor_role: 'admin' };
    const bySomebodyElse = await other.token(claims);
    const right = await provider.token({ provisor_role: 'viewer' });
    const [head, , signature] = right.split('.');
    const payload = Buffer.from(JSON.stringify({ ...claims, aud: audience, sub: 'x', exp: inAnHour() })).toString(
      'base64url',
    );
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const bySecret = await new SignJWT({ ...claims, aud: audience, sub: 'x', exp: inAnHour() })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(Buffer.from(JSON.stringify(provider.metadata)));
    for (const key of [bySomebodyElse, `${head!}.${payload}.${signature!}`, `${unsigned}.${payload}.AA`, bySecret]) {
      expect(looksLikeJwt(key)).toBe(true);
      expect((await whoIs(key)).status).toBe(401);
    }
    // Without a signature it is not even the form of one.
    expect((await whoIs(`${unsigned}.${payload}.`)).status).toBe(401);
  });

  it('keys are fetched once, not for each token', async () => {
    const before = provider.fetches();
    for (let n = 0; n < 5; n++) await whoIs(await provider.token({ roles: 'viewer' }));
    expect(provider.fetches()).toBe(before);
  });
});

describe('without OIDC', () => {
  it('a token is a key that is not known', async () => {
    await using provider = await startIdentityProvider();
    await using registry = await startRegistry();
    const key = await provider.token({ provisor_role: 'admin' });
    expect((await registry.call('GET', '/api/v1/session', { key })).status).toBe(401);
    expect(provider.fetches()).toBe(0);
  });
});

describe('a provider', () => {
  const verify = async (provider: IdentityProvider, tokens: OidcTokens): Promise<unknown> =>
    tokens.verify(await provider.token({ roles: 'viewer' }));
  const tokensOf = ({ issuer }: { issuer: string }, now = Date.now): OidcTokens =>
    new OidcTokens({ issuer, audience, rolesClaims: ['roles'] }, now);

  it.each([
    ['speaks of another issuer', { issuer: 'https://evil.example' }],
    ['has no keys', { jwks_uri: undefined }],
    ['has its keys where they can be changed on the way', { jwks_uri: 'ftp://127.0.0.1/keys' }],
  ])('that %s is no reason to refuse a token, and is asked again', async (_, change) => {
    await using provider = await startIdentityProvider();
    const tokens = tokensOf(provider);
    const right = { ...provider.metadata };
    Object.assign(provider.metadata, change);
    await expect(verify(provider, tokens)).rejects.toMatchObject({ kind: 'unavailable', code: 'issuer_unavailable' });
    Object.assign(provider.metadata, right);
    await expect(verify(provider, tokens)).resolves.toMatchObject({ role: 'viewer' });
  });

  it("gives tokens that are valid by the database's clock", async () => {
    await using provider = await startIdentityProvider();
    const later = tokensOf(provider, () => Date.now() + 3_600_000);
    await expect(verify(provider, later)).rejects.toMatchObject({ message: expect.stringContaining('"exp"') });
    await expect(verify(provider, tokensOf(provider))).resolves.toMatchObject({ role: 'viewer' });
  });

  it('whose keys cannot be fetched is no reason either', async () => {
    await using provider = await startIdentityProvider();
    provider.metadata['jwks_uri'] = `${provider.issuer}/nothing`;
    await expect(verify(provider, tokensOf(provider))).rejects.toMatchObject({ code: 'issuer_unavailable' });
  });

  it('that is away is said to be', async () => {
    await using provider = await startIdentityProvider();
    const tokens = tokensOf({ issuer: 'http://127.0.0.1:1' });
    await expect(verify(provider, tokens)).rejects.toMatchObject({ code: 'issuer_unavailable' });
  });
});
