import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { maxEventBytes } from '#contracts';
import { bodyLimitOf } from './body-limits.ts';
import { writeAnswer } from './json-text.ts';
import { problemType } from './problem.filter.ts';
import { problemOf } from './problem.ts';

/** An event's id may be 255 bytes long, and each of them percent-encoded. */
const maxPathParameter = 1_024;

const requestMs = 70_000;
/** Also from the beginning of a connection to its first request. */
const headersMs = 15_000;
const checkEveryMs = 2_500;
/**
 * Further connections are closed at once. A connection costs memory and a file descriptor, which are limited per
 * process.
 */
export const mostConnections = 2_000;

/** The HTTP server, configured so that its own refusals are problem+json too. */
export function createHttpAdapter(trustedProxies: readonly string[]): FastifyAdapter {
  const adapter = new FastifyAdapter({
    // From other senders, X-Forwarded-For may be forged.
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: maxEventBytes,
    // A whole request, its body too; the longest takes a line of 1 Mbit/s this long.
    requestTimeout: requestMs,
    http: { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: checkEveryMs },
    routerOptions: { maxParamLength: maxPathParameter },
    // What the router refuses never reaches NestJS and its filter: a path that cannot be decoded, a part that is too
    // long.
    frameworkErrors: (error: Error, _request: unknown, { raw }: { raw: ServerResponse }) => {
      const problem = problemOf(error);
      raw.writeHead(problem.status, { 'content-type': problemType }).end(JSON.stringify(problem));
    },
    clientErrorHandler: refuseMalformedHttp,
  });
  const server = adapter.getInstance();
  server.server.maxConnections = mostConnections;
  server.addHook('onRoute', (route) => {
    const limit = bodyLimitOf(route.method, route.url);
    if (limit !== undefined) route.bodyLimit = limit;
  });
  // Bodies stay bytes: an event goes to RabbitMQ unchanged, and everything else is parsed where it can be refused with
  // the field. A body of any other type gets 415.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(jsonTypes, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setReplySerializer(writeAnswer);
  return adapter;
}

/**
 * JSON, and what is written in JSON: CloudEvents among them, also those in formats and batches that are refused with a
 * reason.
 */
const jsonTypes = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** Answers bytes that are no HTTP request; there is no request to answer, so it is written to the socket. */
function refuseMalformedHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusOfClientError[error.code ?? ''] ?? 400;
  const title = STATUS_CODES[status]!;
  const body = JSON.stringify({ type: 'about:blank', title, status });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: ${problemType}\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

const statusOfClientError: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
