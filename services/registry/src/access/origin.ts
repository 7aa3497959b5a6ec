import type { FastifyRequest } from 'fastify';
import { ForeignOrigin } from './access-errors.ts';

const harmlessMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

type Request = Pick<FastifyRequest, 'method' | 'headers' | 'host'>;

/**
 * Refuses a change that was not made by a page of ours. A browser adds its cookies to requests of any page, and names
 * the page in `Sec-Fetch-Site` and `Origin`. At least one of them must be present, and each must name this host.
 *
 * @throws {ForeignOrigin}
 */
export function refuseForeignOrigin(request: Request): void {
  if (harmlessMethods.has(request.method)) return;
  const said = saidOrigin(request);
  if (said.length === 0 || said.includes(false)) throw new ForeignOrigin();
}

/**
 * The same for a request that needs no cookie: what is no browser says nothing of an origin.
 *
 * @throws {ForeignOrigin}
 */
export function refuseOtherPages(request: Request): void {
  if (saidOrigin(request).includes(false)) throw new ForeignOrigin();
}

function saidOrigin({ headers, host }: Request): boolean[] {
  const { origin, 'sec-fetch-site': site } = headers;
  return [
    ...(site === undefined ? [] : [site === 'same-origin']),
    ...(origin === undefined ? [] : [URL.canParse(origin) && isHost(new URL(origin), host)]),
  ];
}

/**
 * Not the scheme: before us stands a proxy with TLS, and the host that it passes on may lack the port that is the
 * scheme's own.
 */
function isHost(origin: URL, host: string): boolean {
  const here = `${origin.protocol}//${host}`;
  return host !== '' && URL.canParse(here) && new URL(here).host === origin.host;
}
