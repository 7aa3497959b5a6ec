import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { contextFrom, failSpan, SpanKind, traceparentOfSpan, type Span, type Tracer } from '#observability';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Makes a span of each request that changes something, or that has a trace to continue: a console that looks every few
 * seconds leaves none. The request's `traceparent` is from then on that of its span, and so is what is carried on from
 * it. The attributes are those of OpenTelemetry's conventions for HTTP servers; neither URLs nor who asked are among
 * them.
 */
export function traceRequests(adapter: FastifyAdapter, tracer: Tracer): void {
  const spans = new WeakMap<object, Span>();
  const server = adapter.getInstance();
  server.addHook('onRequest', (request, _reply, done) => {
    const { method, headers, routeOptions } = request;
    const route = routeOptions.url;
    const parent = headers['traceparent'];
    if (route !== undefined && (parent !== undefined || !readingMethods.has(method))) {
      const attributes = { 'http.request.method': method, 'http.route': route };
      const context = contextFrom(typeof parent === 'string' ? parent : null);
      const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, context);
      spans.set(request, span);
      headers['traceparent'] = traceparentOfSpan(span);
    }
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    if (span) {
      span.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) failSpan(span, String(reply.statusCode));
      span.end();
    }
    done();
  });
}
