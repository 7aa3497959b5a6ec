import type { HttpTls, TargetAuth } from '#contracts';
import type { TargetEntity } from '#orm';
import { plainWindows } from '../holds/plain-windows.ts';

/**
 * What of a target its author decides, as people see it: PostgreSQL keeps the fields of JSON in an order of its own.
 */
export type ShownTarget = Pick<
  TargetEntity,
  | 'name'
  | 'description'
  | 'baseUrl'
  | 'headers'
  | 'secretHeaders'
  | 'tls'
  | 'auth'
  | 'rate'
  | 'maxConcurrency'
  | 'windows'
  | 'releasePerSecond'
>;

/** The mark stands in the place of each secret already: secrets are kept beside the fields. */
export function shownTarget(target: ShownTarget): ShownTarget {
  const { name, description, baseUrl, headers, secretHeaders, maxConcurrency, releasePerSecond } = target;
  return {
    name,
    description,
    baseUrl,
    headers,
    secretHeaders,
    tls: target.tls && shownTls(target.tls),
    auth: target.auth && shownAuth(target.auth),
    rate: target.rate && { perSecond: target.rate.perSecond, burst: target.rate.burst },
    maxConcurrency,
    windows: plainWindows(target.windows),
    releasePerSecond,
  };
}

function shownTls({ ca, certificate, key }: HttpTls): HttpTls {
  return {
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
  };
}

function shownAuth(auth: TargetAuth): TargetAuth {
  if (auth.type === 'basic') return { type: auth.type, username: auth.username, password: auth.password };
  const { type, tokenUrl, clientId, clientSecret, scope, audience, resource, style } = auth;
  return {
    type,
    tokenUrl,
    clientId,
    clientSecret,
    ...(scope !== undefined && { scope }),
    ...(audience !== undefined && { audience }),
    ...(resource !== undefined && { resource }),
    style,
  };
}
