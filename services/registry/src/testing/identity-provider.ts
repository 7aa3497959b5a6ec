import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

/** An OpenID Connect provider of a test's own, with what is asked of one to check its tokens. */
export interface IdentityProvider extends AsyncDisposable {
  readonly issuer: string;
  /** What it says of itself, and its keys; tests change them. */
  readonly metadata: Record<string, unknown>;
  /** How often its keys were fetched. */
  readonly fetches: () => number;
  /** A token as it would issue one, with the deviations that a test needs. */
  token(claims: JWTPayload, header?: { alg?: string; kid?: string }): Promise<string>;
}

export const audience = 'provisor-tests';

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const keys = await newKeys();
  let fetches = 0;
  const server = createServer((request, response) => {
    const documents: Record<string, unknown> = {
      '/.well-known/openid-configuration': metadata,
      '/keys': { keys: [keys.published] },
    };
    if (request.url === '/keys') fetches += 1;
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const metadata: Record<string, unknown> = { issuer, jwks_uri: `${issuer}/keys` };
  return {
    issuer,
    metadata,
    fetches: () => fetches,
    token: async (claims, header = {}) =>
      new SignJWT({
        iss: issuer,
        aud: audience,
        sub: 'user-1',
        exp: Math.floor(Date.now() / 1_000) + 300,
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', kid: keys.published.kid, ...header })
        .sign(keys.privateKey),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function newKeys() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { privateKey, published: { ...(await exportJWK(publicKey)), kid: 'first', alg: 'ES256', use: 'sig' } };
}
