import { NotFoundException } from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../domain-error.ts';
import { leastRoleOf } from '../access/route-roles.ts';

/** What bodies that are being read or handled may hold together, bytes: eight of the longest. */
export const mostBodyBytes = 64 * 1024 * 1024;

/** How long the rest of a body is discarded after the answer, so that its sender gets to read the answer. */
const discardMs = 5_000;

/** The bodies of other requests fill what there is for them. */
export class TooBusy extends DomainError {
  override readonly name = 'TooBusy';

  constructor() {
    super('unavailable', 'too_busy', 'too many large requests at once; retry');
  }
}

interface Decisions {
  /** Throws what a request is refused with. */
  decide: (request: FastifyRequest) => Promise<void>;
  /** Answers a request with an error. */
  refuse: (error: unknown, reply: FastifyReply) => void;
}

/**
 * Limits the cost of requests before their value is known: access is decided before a body is read, bodies share a
 * budget, and the rest of an unwanted body is not waited for.
 */
export function boundLoad(adapter: FastifyAdapter, { decide, refuse }: Decisions): void {
  const server = adapter.getInstance();
  let held = 0;
  server.addHook('onRequest', async (request, reply) => {
    try {
      if (request.is404) {
        if (hasBody(request)) throw new NotFoundException(`Cannot ${request.method} ${request.url}`);
      } else if (leastRoleOf(request.method, request.routeOptions.url) !== undefined) await decide(request);
    } catch (error) {
      refuse(error, reply);
      return reply;
    }
    return undefined;
  });
  server.addHook('preParsing', (request, reply, payload, done) => {
    const bytes = hasBody(request) ? bytesOf(request) : 0;
    if (held + bytes > mostBodyBytes) {
      refuse(new TooBusy(), reply);
      return;
    }
    held += bytes;
    reply.raw.once('close', () => (held -= bytes));
    done(null, payload);
  });
  server.addHook('onResponse', (request, _reply, done) => {
    const { raw } = request;
    if (!raw.complete) {
      const timer = setTimeout(() => raw.socket.destroy(), discardMs);
      raw.once('close', () => clearTimeout(timer));
    }
    done();
  });
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * What a body may come to hold: what it says, or as much as the route takes. What says more is refused, and not read.
 */
function bytesOf(request: FastifyRequest): number {
  const limit = request.routeOptions.bodyLimit;
  const said = Number(request.headers['content-length'] ?? limit);
  return said > limit ? 0 : said;
}
