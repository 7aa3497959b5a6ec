import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Logger } from '#observability';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Writes one line for each request: changes at info, reads and probes at debug. */
export function logRequests(adapter: FastifyAdapter, logger: Logger): void {
  adapter.getInstance().addHook('onResponse', (request, reply, done) => {
    const level = readingMethods.has(request.method) ? 'debug' : 'info';
    logger[level](
      {
        method: request.method,
        // The route, not the URL: queries may hold what belongs in no log, and routes can be counted.
        route: request.routeOptions.url ?? 'none',
        ...(request.params !== null && Object.keys(request.params as object).length > 0 && { params: request.params }),
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
    done();
  });
}
