import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import fastify from 'fastify';
import { Webhook } from 'standardwebhooks';
import { expressMiddleware } from './adapters/express.ts';
import { fastifyPlugin } from './adapters/fastify.ts';
import { nodeListener } from './adapters/node-http.ts';
import { MemoryExecutions } from './executions.ts';
import { PermanentFailure, RetryLater } from './failures.ts';
import { signatureFault } from './signature.ts';
import { webhookHandler, type WebhookHandler, type WebhookHandlerOptions } from './webhook-handler.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`;
const other = `whsec_${Buffer.from('another one of thirty-two bytes.').toString('base64')}`;

const cloudEvent = {
  specversion: '1.0',
  id: 'e',
  source: '/billing',
  type: 'clients.create',
  subject: '12',
  time: '2026-03-01T09:15:00Z',
  datacontenttype: 'application/json',
  partitionkey: '12',
  previous: '{"name":"è"}',
  data: { id: 12, name: 'é' },
};

interface Sent {
  id?: string;
  type?: string;
  signedWith?: string | null;
  at?: Date;
  body?: string;
  contentType?: string;
}

function bodyOf(type = 'clients.create'): string {
  // Spaces that a parser would drop: the signature is of the bytes.
  return `{ "event":  {"id": "e", "dt": "2026-03-01T09:15:00Z", "events_id": "${type}", "object_id": 12}, "data": {"id": 12, "name": "é"} }`;
}

function headersOf(
  { id = 'x-1', signedWith = secret, at = new Date(), contentType = 'application/json' }: Sent,
  body: string,
): Record<string, string> {
  const signature = signedWith === null ? {} : { 'webhook-signature': new Webhook(signedWith).sign(id, at, body) };
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const call = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'provisor-attempt': '2' };
  return { 'content-type': contentType, ...call, ...signature };
}

type Serving = {
  name: string;
  serve: (handler: WebhookHandler) => Promise<{ url: string; close: () => Promise<unknown> }>;
};

async function listen(server: Server): Promise<{ url: string; close: () => Promise<unknown> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`;
  return { url, close: () => new Promise((resolve) => server.close(resolve)) };
}

const servings: Serving[] = [
  { name: 'node:http', serve: (handler) => listen(createServer(nodeListener(handler))) },
  {
    name: 'Express',
    serve: (handler) => listen(createServer(express().post('/hook', expressMiddleware(handler)) as RequestListener)),
  },
  {
    name: 'Express behind express.raw()',
    serve: (handler) => {
      const app = express()
        .use(express.raw({ type: () => true }))
        .post('/hook', expressMiddleware(handler));
      return listen(createServer(app as RequestListener));
    },
  },
  {
    name: 'Fastify',
    serve: async (handler) => {
      const app = fastify();
      await app.register(fastifyPlugin(handler), { url: '/hook' });
      return { url: `${await app.listen({ port: 0, host: '127.0.0.1' })}/hook`, close: () => app.close() };
    },
  },
];

describe.each(servings)('a handler in $name', ({ serve }) => {
  let close: () => Promise<unknown> = () => Promise.resolve();
  afterEach(() => close());

  async function serving(options: Partial<WebhookHandlerOptions>): Promise<(sent?: Sent) => Promise<Response>> {
    const server = await serve(webhookHandler({ secrets: [secret], ...options }));
    close = server.close;
    return (sent = {}) => {
      const body = sent.body ?? bodyOf(sent.type);
      return fetch(server.url, { method: 'POST', headers: { connection: 'close', ...headersOf(sent, body) }, body });
    };
  }

  it('does the work of an event once, whatever comes again', async () => {
    const seen: unknown[] = [];
    const call = await serving({
      on: {
        'clients.create': ({ data }, { executionId, attempt, text }) => {
          seen.push([data.name, executionId, attempt, text]);
          return { made: 1 };
        },
      },
    });
    const first = await call();
    expect([first.status, await first.json()]).toEqual([200, { made: 1 }]);
    const again = await call();
    expect([again.status, await again.json()]).toEqual([200, { repeat: true }]);
    expect(seen).toEqual([['é', 'x-1', 2, bodyOf()]]);
  });

  it('gets an event that comes as a CloudEvent as it would get any other', async () => {
    const seen: unknown[] = [];
    const call = await serving({ on: { 'clients.create': (event) => void seen.push(event) } });
    const contentType = 'application/cloudevents+json; charset=utf-8';
    expect((await call({ body: JSON.stringify(cloudEvent), contentType })).status).toBe(200);
    expect(seen).toEqual([
      {
        event: { id: 'e', dt: '2026-03-01T09:15:00Z', events_id: 'clients.create', object_id: '12' },
        data: { id: 12, name: 'é' },
        previous: { name: 'è' },
        cloudevent_attributes: {
          specversion: '1.0',
          source: '/billing',
          datacontenttype: 'application/json',
          partitionkey: '12',
        },
      },
    ]);
  });

  it('refuses a missing, foreign or old signature', async () => {
    const call = await serving({ otherwise: () => undefined });
    const statusOf = async (sent: Sent): Promise<number> => (await call(sent)).status;
    expect(await statusOf({ signedWith: null })).toBe(401);
    expect(await statusOf({ signedWith: other })).toBe(401);
    expect(await statusOf({ at: new Date(Date.now() - 6 * 60_000) })).toBe(401);
    expect(await statusOf({})).toBe(200);
  });

  it('says of a failure whether to try again', async () => {
    const call = await serving({
      on: {
        'clients.create': () => {
          throw new PermanentFailure('no such plan');
        },
        'clients.update': () => {
          throw new RetryLater('busy', 12.2);
        },
        'clients.delete': () => Promise.reject(new Error('password is hunter2')),
      },
    });
    const permanent = await call({ id: '1' });
    expect([permanent.status, await permanent.json()]).toEqual([422, { error: 'no such plan' }]);
    const later = await call({ id: '2', type: 'clients.update' });
    expect([later.status, later.headers.get('retry-after')]).toEqual([503, '13']);
    const broken = await call({ id: '3', type: 'clients.delete' });
    expect([broken.status, await broken.text()]).toEqual([500, '{"error":"internal error"}']);
    expect((await call({ id: '4', type: 'clients.archive' })).status).toBe(422);
    expect((await call({ id: '5', body: '{"event": 1}' })).status).toBe(400);
    expect((await call({ id: '6', body: 'x'.repeat(2 * 1024 * 1024 + 1) })).status).toBe(413);
  });

  it('does the work again when it has failed, and not while it is done', async () => {
    const begun = Promise.withResolvers<undefined>();
    const go = Promise.withResolvers<undefined>();
    let times = 0;
    const call = await serving({
      otherwise: async () => {
        times += 1;
        if (times === 1) throw new Error('once');
        begun.resolve(undefined);
        await go.promise;
      },
    });
    expect((await call()).status).toBe(500);
    const second = call();
    await begun.promise;
    expect((await call()).status).toBe(409);
    go.resolve(undefined);
    expect((await second).status).toBe(200);
    expect(times).toBe(2);
  });
});

describe('a handler', () => {
  it.each([
    ['e-4711', 'e-4711'],
    ['%C3%A9', 'é'],
    ['%25C3%25A9', '%C3%A9'],
    ['%20outer%20', ' outer '],
    ['a+b 100 %25', 'a+b 100 %'],
    ['%zz', '%zz'],
    [undefined, undefined],
  ])('is told the id of the event by the header %j', async (header, eventId) => {
    const seen: unknown[] = [];
    const handler = webhookHandler({ secrets: null, otherwise: (_event, call) => void seen.push(call.eventId) });
    const headers = { 'webhook-id': 'x-1', ...(header !== undefined && { 'provisor-event-id': header }) };
    expect((await handler({ headers, body: Buffer.from(bodyOf()) })).status).toBe(200);
    expect(seen).toEqual([eventId]);
  });

  it('takes either secret while one replaces the other', () => {
    const body = Buffer.from(bodyOf());
    const headers = headersOf({ signedWith: other }, bodyOf());
    expect(signatureFault([secret, other], headers, body)).toBeUndefined();
    expect(signatureFault([secret], headers, body)).toBe('wrong');
    const both = `${new Webhook(secret).sign('x-1', new Date(), bodyOf())} ${headers['webhook-signature']!}`;
    expect(signatureFault([other], { ...headers, 'webhook-signature': both }, body)).toBeUndefined();
  });

  it('is not made without a secret by mistake', () => {
    expect(() => webhookHandler({ secrets: [] })).toThrow('secrets is empty');
  });

  it('reports unexpected errors, but neither PermanentFailure nor RetryLater', async () => {
    const told: unknown[] = [];
    const errors = [new Error('a'), new PermanentFailure('b'), new RetryLater('c')];
    const handler = webhookHandler({
      secrets: null,
      otherwise: () => Promise.reject(errors.shift()!),
      onError: (error) => told.push((error as Error).message),
    });
    for (const id of ['1', '2', '3']) {
      await handler({ headers: { 'webhook-id': id }, body: Buffer.from(bodyOf()) });
    }
    expect(told).toEqual(['a']);
  });
});

describe('executions in memory', () => {
  it('forget the oldest that are done, and none that runs', () => {
    const executions = new MemoryExecutions(2);
    executions.begin('runs');
    for (const id of ['1', '2', '3']) {
      expect(executions.begin(id)).toBe('new');
      executions.done(id);
    }
    expect(['runs', '3', '1'].map((id) => executions.begin(id))).toEqual(['running', 'done', 'new']);
  });
});
