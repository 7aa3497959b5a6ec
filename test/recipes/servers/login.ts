import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { authority, serverOfAuthority } from '../../support/certificates.ts';

/** An authorization server (OAuth 2.0) with a certificate of a private authority. */
export class Login implements AsyncDisposable {
  /** Who vouches for it, as PEM. */
  readonly authority = authority;
  readonly clientId = 'provi:sor';
  readonly clientSecret = 'sech%r+et/&=?~';
  /** What its tokens are for. */
  readonly resource = 'https://crm.test/api';
  /** How many tokens were given. */
  granted = 0;
  readonly #server: Server;
  readonly #provider: Provider;

  static async start(): Promise<Login> {
    const server = createServer(serverOfAuthority);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Login(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.#provider = new Provider(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, {
      clients: [
        {
          client_id: this.clientId,
          client_secret: this.clientSecret,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      scopes: ['customers.write'],
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_, resource) => {
            if (resource !== this.resource) throw new Error(`no such resource: ${resource}`);
            return { scope: 'customers.write', audience: resource, accessTokenTTL: 600, accessTokenFormat: 'opaque' };
          },
        },
      },
    });
    this.#provider.on('grant.success', () => {
      this.granted++;
    });
    const handle = this.#provider.callback();
    server.on('request', (request, response) => void handle(request, response));
  }

  get tokenUrl(): string {
    return `${this.#provider.issuer}/token`;
  }

  /** Whether a header has a token of this server, for its resource. */
  async accepts(authorization: string | undefined): Promise<boolean> {
    const token = await this.#provider.ClientCredentials.find(authorization?.replace('Bearer ', '') ?? '');
    return token?.isValid === true && token.aud === this.resource;
  }

  /** Takes a token back. */
  async revoke(authorization: string): Promise<void> {
    const token = await this.#provider.ClientCredentials.find(authorization.replace('Bearer ', ''));
    await token?.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
