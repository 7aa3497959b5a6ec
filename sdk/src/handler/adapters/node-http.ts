import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebhookHandler, WebhookReply } from '../webhook-handler.ts';
import { readBody } from '../read-body.ts';

/** Puts a handler into a server of `node:http`: `createServer(nodeListener(handler))`. */
export function nodeListener(handler: WebhookHandler): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(handler, request, response).catch(() => {
      // The caller disconnected during the request: there is no connection to answer on.
      response.destroy();
    });
  };
}

async function answer(handler: WebhookHandler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) response.writeHead(413).end();
  else send(await handler({ headers: request.headers, body }), response);
}

/** Writes a reply to a response of `node:http`. */
export function send({ status, headers, body }: WebhookReply, response: ServerResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
