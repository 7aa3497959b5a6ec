import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

interface Waiting {
  items: { key: string; reason: string; handlerName: string; attempts: number; behind: number; dueAt: string }[];
}
interface Details {
  status: string;
  executions: { status: string; replayId: string | null; attempts: { reason: string | null }[] }[];
}
interface Replay {
  id: string;
  status: string;
  total: number;
  published: number;
  succeeded: number;
}

/** What an administrator does over REST, done by an executor of another process. */
describe('by hand', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let target: RecordingTarget;
  let billing: Billing;
  let handlerId: string;
  let status: number;

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    await installation.startExecutor();
    target = await RecordingTarget.listen();
    target.reply = (_call, response) => void response.writeHead(status).end();
    billing = await Billing.connect(installation.servers.amqpUrl);
    const handler = await installation.json<{ id: string }>('POST', '/handlers', {
      name: 'switch',
      event: 'clients.update',
      task: { type: 'http', url: target.url() },
      retry: { maxAttempts: 8, schedule: ['1h'] },
    });
    handlerId = handler.id;
    await installation.inForce();
  }, 120_000);

  afterAll(async () => {
    await billing.close();
    await target.close();
    await installation.stop();
    await sandbox.dispose();
  });

  beforeEach(() => {
    status = 200;
    target.calls.length = 0;
  });

  const details = (id: string) => installation.json<Details>('GET', `/events/${id}`);
  const ended = (id: string, expected: string) =>
    eventually(async () => {
      const event = await details(id);
      return event.status === expected ? event : undefined;
    });
  const publish = (id: string, objectId: string) => billing.publish({ type: 'clients.update', id, objectId });
  const waiting = (key: string, behind: number) =>
    eventually(async () => {
      const { items } = await installation.json<Waiting>('GET', '/deferrals');
      return items.find((item) => item.key === key && item.behind === behind);
    });

  it('a key that waits is seen, and retried at once', async () => {
    status = 503;
    await publish('retried', 'a/b c');
    await publish('behind', 'a/b c');
    const item = await waiting('a/b c', 1);
    expect(item).toMatchObject({ reason: 'retry', handlerName: 'switch', attempts: 1 });
    expect(Date.parse(item.dueAt) - Date.now()).toBeGreaterThan(3_000_000);
    status = 200;
    const answer = await installation.call('POST', `/deferrals/${encodeURIComponent('a/b c')}/retry`);
    expect(answer.status).toBe(202);
    await ended('behind', 'succeeded');
    expect(target.calls.map(({ headers }) => headers['provisor-event-id'])).toEqual(['retried', 'retried', 'behind']);
    expect((await installation.call('POST', `/deferrals/${encodeURIComponent('a/b c')}/retry`)).status).toBe(404);
  });

  it('what a key waits for is skipped, and the key goes on', async () => {
    status = 503;
    await publish('skipped', 'c');
    await publish('after', 'c');
    await waiting('c', 1);
    status = 200;
    expect((await installation.call('POST', '/deferrals/c/skip')).status).toBe(202);
    await ended('after', 'succeeded');
    const { executions } = await ended('skipped', 'failed');
    expect(executions).toHaveLength(1);
    expect(executions[0]).toMatchObject({ status: 'failed' });
    expect(executions[0]!.attempts.map(({ reason }) => reason)).toEqual(['http_status', 'given_up']);
  });

  it('a call is signed by every secret of its handler that is in force, from the answer on', async () => {
    const secretsOf = `/handlers/${handlerId}/signing-secrets`;
    const make = () => installation.json<{ id: string; secret: string }>('POST', secretsOf, {});
    const callOf = async (id: string) => {
      await publish(id, id);
      await ended(id, 'succeeded');
      return target.calls.find(({ headers }) => headers['provisor-event-id'] === id)!;
    };
    const isGenuine = ({ secret }: { secret: string }, { headers, body }: Awaited<ReturnType<typeof callOf>>) => {
      return () => new Webhook(secret).verify(body, headers as Record<string, string>);
    };
    const first = await make();
    await installation.inForce();
    expect(isGenuine(first, await callOf('signed'))).not.toThrow();

    const second = await make();
    await installation.inForce();
    const both = await callOf('signed twice');
    expect(isGenuine(first, both)).not.toThrow();
    expect(isGenuine(second, both)).not.toThrow();

    await installation.call('DELETE', `${secretsOf}/${first.id}`);
    await installation.call('DELETE', `${secretsOf}/${second.id}`);
    await installation.inForce();
    expect((await callOf('unsigned')).headers['webhook-signature']).toBeUndefined();
  });

  it('an event is replayed, as new executions beside the old ones', async () => {
    await publish('again', 'd');
    await ended('again', 'succeeded');
    const replay = await installation.json<Replay>('POST', '/events/again/replay', {});
    await finished(replay.id);
    const { executions } = await details('again');
    expect(executions).toMatchObject([
      { status: 'succeeded', replayId: null },
      { status: 'succeeded', replayId: replay.id },
    ]);
    const ids = target.calls.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(2);
  });

  it('all events that match are replayed, in the order of their keys', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => `bulk-${String(n)}`);
    for (const [n, id] of ids.entries()) await publish(id, `bulk-${String(n % 7)}`);
    for (const id of ids) await ended(id, 'succeeded');
    target.calls.length = 0;
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const filter = { type: 'clients.update', from, status: ['succeeded'], partitionKey: 'bulk-3' };
    const { id } = await installation.json<Replay>('POST', '/replays', { filter });
    const expected = ids.filter((_, n) => n % 7 === 3);
    expect(await finished(id)).toMatchObject({ total: expected.length, succeeded: expected.length });
    expect(target.calls.map(({ headers }) => headers['provisor-event-id'])).toEqual(expected);
  });

  it('a handler is tried, and what came of it is answered and marked', async () => {
    status = 418;
    const attempt = await installation.json<object>('POST', `/handlers/${handlerId}/test`, {});
    expect(attempt).toMatchObject({ outcome: 'permanent', reason: 'http_status', test: true, number: 1 });
    const { items } = await installation.json<{ items: { test: boolean }[] }>('GET', '/executions?limit=1');
    expect(items).toMatchObject([{ test: true, status: 'failed' }]);
  });

  function finished(id: string): Promise<Replay> {
    return eventually(async () => {
      const replay = await installation.json<Replay>('GET', `/replays/${id}`);
      return replay.status === 'finished' ? replay : undefined;
    });
  }
});
