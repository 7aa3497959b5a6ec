import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../read-body.ts';
import type { WebhookHandler } from '../webhook-handler.ts';
import { send } from './node-http.ts';

type ExpressRequest = IncomingMessage & { body?: unknown };

/**
 * Puts a handler into Express (4 or 5): `app.post('/provisor', expressMiddleware(handler))`, before any
 * `express.json()` that would take the body, or behind `express.raw({ type: () => true })`.
 */
export function expressMiddleware(
  handler: WebhookHandler,
): (request: ExpressRequest, response: ServerResponse, next: (error?: unknown) => void) => void {
  return (request, response, next) => {
    answer(handler, request, response).catch(next);
  };
}

async function answer(handler: WebhookHandler, request: ExpressRequest, response: ServerResponse): Promise<void> {
  const body = Buffer.isBuffer(request.body) ? request.body : await unreadBody(request);
  if (body === undefined) response.writeHead(413).end();
  else send(await handler({ headers: request.headers, body }), response);
}

function unreadBody(request: ExpressRequest): Promise<Buffer | undefined> {
  if (!request.readableEnded) return readBody(request);
  throw new TypeError(
    'the request body is already parsed, but the signature covers its bytes: ' +
      'put the handler before express.json(), or put express.raw() before the handler',
  );
}
