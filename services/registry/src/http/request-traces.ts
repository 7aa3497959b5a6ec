import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Span, Tracer } from '#observability';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Makes a span of each request that changes something, or that has a trace to continue: a console that looks every few seconds
 * leaves none. The request's `traceparent` is from then on that of its span, and so is what is carried on from it. The
 * attributes are those of OpenTelemetry's conventions for HTTP servers; neither URLs nor who asked are among them.
 */
export function traceRequests(adapter: FastifyAdapter, tracer: Tracer): void {
  const spans = new WeakMap<object, Span>();
  const server = adapter.getInstance();
  server.addHook('onRequest', (request, _reply, done) => {
    const { method, headers, routeOptions } = request;
    const route = routeOptions.url;
    const parent = headers['traceparent'];
    if (route !== undefined && (parent !== undefined || !readingMethods.has(method))) {
      const span = tracer.start(`${method} ${route}`, {
        role: 'server',
        parent: typeof parent === 'string' ? parent : null,
        attributes: { 'http.request.method': method, 'http.route': route },
      });
      spans.set(request, span);
      headers['traceparent'] = span.traceparent;
    }
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    span?.set({ 'http.response.status_code': reply.statusCode });
    if (reply.statusCode >= 500) span?.fail(String(reply.statusCode));
    span?.end();
    done();
  });
}
