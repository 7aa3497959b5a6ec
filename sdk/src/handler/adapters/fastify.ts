import type { IncomingHttpHeaders } from 'node:http';
import { mostBytes } from '../read-body.ts';
import type { WebhookHandler } from '../webhook-handler.ts';

/** The part of Fastify that is used, so that other users need not install it. */
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
 * Puts a handler into Fastify (4 or 5): `app.register(fastifyPlugin(handler), { url: '/provisor' })`. The rest of the
 * application reads bodies as before.
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
