import type { FastifyAdapter } from '@nestjs/platform-fastify';

const nowhere = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Pages: what they load comes from this server alone, and nothing that stands in the page itself is run. */
export const pagePolicy = `default-src 'self'; img-src 'self' data:; object-src 'none'; ${nowhere}`;

/** Swagger UI has style sheets and styles within its page; its scripts are files of their own. */
const docsPolicy = `${pagePolicy}; style-src 'self' 'unsafe-inline'`;

/** Data: a browser that takes it for a page is to load and run nothing. */
const dataPolicy = `default-src 'none'; ${nowhere}`;

/** Sends with every answer what a browser may do with it. */
export function sendSecurityHeaders(adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onRequest', (request, reply, done) => {
    const [path = ''] = request.url.split('?', 1);
    const isData = path.startsWith('/api/v1/');
    void reply.headers({
      'content-security-policy': isData ? dataPolicy : isDocs(path) ? docsPolicy : pagePolicy,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      // No cache may store events, handlers and keys; If-None-Match is for clients with a store of their own.
      ...(isData && { 'cache-control': 'no-store' }),
    });
    done();
  });
}

function isDocs(path: string): boolean {
  return path === '/api/docs' || path.startsWith('/api/docs/');
}
