import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What fits into one packet arrives no sooner for being smaller. */
const leastBytes = 1_400;

/** Lists are most of what is sent, and repeat themselves so much that a better level takes longer than it saves. */
const options = { level: constants.Z_BEST_SPEED };

const gzipped = promisify(gzip);

/**
 * Compresses responses with gzip for clients that accept it (RFC 9110): a list shrinks to a tenth. Only reads are
 * compressed. A response to a change may contain a new secret, and the compressed length reveals something about the
 * content.
 */
export function compressAnswers(adapter: FastifyAdapter): void {
  adapter.getInstance().addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < leastBytes || !mayBeCompressed(request, reply)) return payload;
    void reply.header('vary', 'accept-encoding');
    if (!takesGzip(request.headers['accept-encoding'])) return payload;
    void reply.removeHeader('content-length').header('content-encoding', 'gzip');
    return gzipped(payload, options);
  });
}

/** An ETag names the very bytes that are sent, so what has one is sent as it is. */
function mayBeCompressed({ method, url }: FastifyRequest, reply: FastifyReply): boolean {
  return method === 'GET' && url.startsWith('/api/v1/') && !reply.hasHeader('etag') && isJson(reply);
}

function isJson(reply: FastifyReply): boolean {
  return /^application\/(problem\+)?json\b/.test(String(reply.getHeader('content-type')));
}

/** Whether gzip, or any encoding, is named and not refused by a weight of nothing. */
function takesGzip(accepted: string | string[] | undefined): boolean {
  const codings = String(accepted ?? '').split(',');
  return codings.some((coding) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding));
}
