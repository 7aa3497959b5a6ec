import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  answerOf,
  ApiProblem,
  createRegistryClient,
  nodeListener,
  RetryLater,
  webhookHandler,
  type RegistryClient,
} from '#sdk';
import { EventPublisher } from '#sdk/publisher';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';

/**
 * Everything of the SDK together: its publisher, its handler and its client, with a registry and an executor between
 * them.
 */
describe('with the SDK', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let client: RegistryClient;
  let publisher: EventPublisher;
  let server: Server;
  let handlerId: string;
  let secret: string;
  let isBusy = false;
  const handled: [name: unknown, attempt: number][] = [];

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    await installation.startExecutor();
    client = createRegistryClient({ url: installation.registryUrl, apiKey: installation.apiKey });
    publisher = await EventPublisher.connect({ url: installation.servers.amqpUrl });
    server = createServer((request, response) => nodeListener(takeEvents())(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    const body = {
      name: 'SDK',
      event: 'clients.update' as const,
      task: { type: 'http' as const, url },
      retry: { maxAttempts: 2, schedule: ['10ms'] },
    };
    handlerId = (await answerOf(client.POST('/api/v1/handlers', { body: body as never }))).id;
    const path = { id: handlerId };
    ({ secret } = await answerOf(client.POST('/api/v1/handlers/{id}/signing-secrets', { params: { path }, body: {} })));
    await eventually(async () => {
      const { executors } = await answerOf(client.GET('/api/v1/catalog'));
      return executors.length > 0 && executors.every(({ inForce }) => inForce) ? true : undefined;
    });
  });
  afterAll(async () => {
    server.close();
    await publisher.close();
    await installation.stop();
    await sandbox.dispose();
  });

  function takeEvents(): ReturnType<typeof webhookHandler> {
    return webhookHandler({
      secrets: [secret],
      on: {
        'clients.update': ({ data }, { attempt }) => {
          if (isBusy) {
            isBusy = false;
            throw new RetryLater('busy');
          }
          handled.push([data.name, attempt]);
        },
      },
    });
  }
  const succeeded = (id: string) =>
    eventually(async () => {
      const call = client.GET('/api/v1/events/{id}', { params: { path: { id } } });
      const event = await answerOf(call).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.status === 404) return undefined;
        throw error;
      });
      return event?.status === 'succeeded' ? event : undefined;
    });

  it('an event is published, handled under its signature, and looked up', async () => {
    const { id } = await publisher.publish({ type: 'clients.update', data: { id: 12, name: 'first' } });
    const event = await succeeded(id);
    expect(event).toMatchObject({ partitionKey: '12', executions: [{ handlerId, status: 'succeeded' }] });
    expect(handled).toEqual([['first', 1]]);
  });

  it('what is busy is called again', async () => {
    isBusy = true;
    const { id } = await publisher.publish({ type: 'clients.update', data: { id: 13, name: 'second' } });
    await succeeded(id);
    expect(handled.at(-1)).toEqual(['second', 2]);
  });

  it('what the registry refuses is an error with every field', async () => {
    const body = { name: '', event: 'x', task: { type: 'script', path: 'a' } } as never;
    const call = answerOf(client.POST('/api/v1/handlers', { body }));
    await expect(call).rejects.toMatchObject({
      name: 'ApiProblem',
      code: 'invalid-input',
      fields: [{ field: 'name' }, { field: 'event' }],
    });
  });
});
