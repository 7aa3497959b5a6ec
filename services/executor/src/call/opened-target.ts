import { secretSlots, type ClientCredentialsAuth, type HttpTask, type HttpTls, type Target } from '#contracts';
import { openedHttp } from './http/http-task.ts';
import type { CallTls } from './call-tls.ts';
import type { OpenSecret } from './task-types.ts';

/** How to get access tokens for a target; the client's secret is in its place. */
export interface TokenAuth extends Readonly<ClientCredentialsAuth> {
  readonly targetId: string;
  /** For the token endpoint; absent where the target has no certificates. */
  readonly tls?: CallTls | undefined;
}

/** What calls through a target need of it, as the database has it. */
export interface SealedTarget extends Pick<Target, 'id' | 'baseUrl' | 'headers' | 'auth'> {
  readonly secretHeaders: string[];
  readonly tls: HttpTls | null;
}

/** What calls through a target need of it, with its secrets in their places. */
export interface OpenedTarget {
  /** With the path of a task behind it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: HttpTls | undefined;
  /** Where its calls get their access tokens; undefined where they need none. */
  readonly tokens: TokenAuth | undefined;
  /** Its secrets once more, to be hidden wherever they turn up. */
  readonly secrets: readonly string[];
}

/** What calls with a kind of authentication need. */
interface OpenedAuth extends Pick<OpenedTarget, 'tokens' | 'secrets'> {
  readonly authorization?: string;
}

type AuthOfTarget = Pick<SealedTarget, 'id' | 'baseUrl' | 'auth'> & Pick<OpenedTarget, 'tls'>;

/** A target with its secrets in their places. With authentication it has no `authorization` of its own. */
export function openedTarget(target: SealedTarget, open: OpenSecret): OpenedTarget {
  const { id, baseUrl, headers, secretHeaders, tls, auth } = target;
  const task = { headers, secretHeaders, ...(tls && { tls }) };
  const opened = openedHttp({ type: 'http', method: 'POST', ...task }, open);
  const { authorization, tokens, secrets } = openedAuth({ id, baseUrl, tls: opened.task.tls, auth }, open);
  return {
    url: baseUrl,
    headers: { ...opened.task.headers, ...(authorization !== undefined && { authorization }) },
    tls: opened.task.tls,
    tokens,
    secrets: [...opened.secrets, ...secrets],
  };
}

function openedAuth({ id, baseUrl, tls, auth }: AuthOfTarget, open: OpenSecret): OpenedAuth {
  switch (auth?.type) {
    case undefined:
      return { tokens: undefined, secrets: [] };
    case 'basic': {
      const credentials = Buffer.from(`${auth.username}:${open(secretSlots.auth)}`).toString('base64');
      const authorization = `Basic ${credentials}`;
      return { authorization, tokens: undefined, secrets: [authorization] };
    }
    case 'oauth2_client_credentials': {
      // A private authority that vouches for the target may vouch for its token endpoint; a public one may as well,
      // where that is another server.
      const trustsSystem = originOf(auth.tokenUrl) !== originOf(baseUrl);
      const tokens = {
        ...auth,
        targetId: id,
        clientSecret: open(secretSlots.auth),
        tls: tls && { ...tls, trustsSystem },
      };
      const { clientSecret } = tokens;
      return { tokens, secrets: [clientSecret, formEncoded(clientSecret), clientPassword(tokens)] };
    }
  }
}

/** A text as forms have it (`application/x-www-form-urlencoded`). */
function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/** Id and secret of a client as its password (RFC 6749, 2.3.1): each encoded, so that either may have any sign. */
export function clientPassword({ clientId, clientSecret }: Pick<TokenAuth, 'clientId' | 'clientSecret'>): string {
  return Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64');
}

/**
 * A task that calls a target: at the target's address, with its certificates, and with its headers, of which the task's
 * own replace those of the same name.
 */
export function throughTarget(task: HttpTask, { url, headers, tls }: OpenedTarget): HttpTask {
  return {
    ...task,
    url,
    headers: { ...withoutHeaders(headers, Object.keys(task.headers)), ...task.headers },
    ...(tls && { tls }),
  };
}

function originOf(url: string): string | undefined {
  return URL.parse(url)?.origin;
}

/** @param names In any case. */
function withoutHeaders(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  const left = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !left.has(name.toLowerCase())));
}
