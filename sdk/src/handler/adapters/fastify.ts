import type { IncomingHttpHeaders } from 'node:http';
import { mostBytes } from '../read-body.ts';
import type { WebhookHandler } from '../webhook-handler.ts';

/** What of Fastify is used; so that it need not be installed where it is not. */
interface FastifyLike {
  addContentTypeParser(
    type: string[],
    options: { parseAs: 'buffer' },
    parser: (request: unknown, body: Buffer, done: (error: Error | null, body?: Buffer) => void) => void,
  ): unknown;
  removeContentTypeParser(type: string[]): unknown;
  post(
    url: string,
    options: { bodyLimit: number },
    handler: (request: { headers: IncomingHttpHeaders; body: unknown }, reply: FastifyReplyLike) => Promise<unknown>,
  ): unknown;
}

interface FastifyReplyLike {
  code(status: number): FastifyReplyLike;
  headers(headers: Record<string, string>): FastifyReplyLike;
  send(body: string): unknown;
}

/** Of native events, and of CloudEvents. */
const eventTypes = ['application/json', 'application/cloudevents+json'];

/**
 * Puts a handler into Fastify (4 or 5): `app.register(fastifyPlugin(handler), { url: '/provisor' })`. How the rest of
 * the application reads bodies stays as it is.
 */
export function fastifyPlugin(handler: WebhookHandler): (app: FastifyLike, options: { url: string }) => Promise<void> {
  return (app, { url }) => {
    app.removeContentTypeParser(eventTypes);
    app.addContentTypeParser(eventTypes, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.post(url, { bodyLimit: mostBytes }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { status, headers, body: text } = await handler({ headers: request.headers, body });
      return reply.code(status).headers(headers).send(text);
    });
    return Promise.resolve();
  };
}
