import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { operationChangedPattern, type OperationChanged } from '#contracts';
import { makeKey } from '../testing/keys.ts';
import { event, insertEvents } from '../testing/journal-rows.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';
import { standIn, type StandIn } from '../../../../test/support/stand-in.ts';

const nobody = '00000000-0000-7000-8000-000000000000';
const startedAt = '2026-03-01T10:00:00.000Z';
const finishedAt = '2026-03-01T10:00:02.000Z';

describe('/operations', () => {
  let registry: TestRegistry;
  let executor: StandIn;
  let operator: string;
  beforeAll(async () => {
    registry = await startRegistry();
    executor = await standIn(registry.sandbox.amqpUrl, { [operationChangedPattern]: undefined });
    operator = (await makeKey(registry, 'operator', 'Anna')).key;
  });
  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    for (const table of ['operation_runs', 'operations', 'events'])
      await registry.database.query(`delete from ${table}`);
  });

  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    registry.call(method, `/api/v1/${path}`, { body, key: operator });
  const requested = async (path: string, body: object): Promise<string> =>
    (await call('POST', path, body)).body.id as string;
  const retry = (rest: object = {}): Promise<string> => requested('deferrals/retry', { filter: {}, ...rest });
  const operation = async (id: string): Promise<unknown> => (await call('GET', `operations/${id}`)).body;
  const ids = (answer: Answer): unknown[] => itemsOf(answer).map(({ id }) => id);
  /** The announced operation; announcements of earlier tests may arrive late. */
  const announced = async (id: string): Promise<void> => {
    for (;;) if (((await executor.next()).data as OperationChanged).operationId === id) return;
  };
  /** Writes how far an operation is, as an executor would. */
  const runs = (id: string, fields: Record<string, unknown> = {}): Promise<unknown> => {
    const row = Object.entries({ operation_id: id, started_at: startedAt, total: 4, ...fields });
    const places = row.map((_, index) => `$${index + 1}`);
    return registry.database.query(
      `insert into operation_runs (${row.map(([name]) => name).join()}) values (${places.join()})`,
      row.map(([, value]) => value),
    );
  };

  it('GET /:id shows one that no executor has begun, and tells the executors of it', async () => {
    const id = await retry({ canary: 2 });
    expect(await operation(id)).toEqual({
      id,
      kind: 'retry',
      status: 'requested',
      total: null,
      done: 0,
      succeeded: 0,
      failed: 0,
      canary: { size: 2, outcome: null },
      perSecond: null,
      note: null,
      eventId: null,
      listed: null,
      filter: {},
      createdBy: 'Anna',
      createdAt: expect.any(String),
      startedAt: null,
      finishedAt: null,
      cancelledAt: null,
    });
    await announced(id);
    expect((await call('GET', `operations/${nobody}`)).status).toBe(404);
    expect((await call('GET', 'operations/x')).status).toBe(400);
  });

  it.each([
    ['running', {}],
    ['running', { released: 3, succeeded: 1, failed: 1, unneeded: 1 }],
    ['running', { canary_outcome: 'succeeded' }],
    ['stopped', { canary_outcome: 'failed', finished_at: finishedAt }],
    ['finished', { released: 4, succeeded: 2, failed: 1, unneeded: 1, finished_at: finishedAt }],
  ])('GET /:id says %s of %j', async (status, fields: Record<string, unknown>) => {
    const id = await retry({ canary: 2 });
    await runs(id, fields);
    const { succeeded = 0, failed = 0, unneeded = 0 } = fields as Record<string, number>;
    expect(await operation(id)).toMatchObject({
      ...{ status, total: 4, startedAt, succeeded, failed, done: succeeded + failed + unneeded },
      canary: { size: 2, outcome: fields['canary_outcome'] ?? null },
      finishedAt: fields['finished_at'] ?? null,
    });
  });

  it('shows a replay, which is running until its events have ended', async () => {
    const id = await requested('replays', { filter: { type: 'clients.create', objectId: 12 } });
    await runs(id, { total: 2, released: 2, finished_at: finishedAt });
    const common = { replayId: id, partitionKey: '12' };
    await insertEvents(registry.database, event(0, { ...common, eventId: 'a' }));
    expect(await operation(id)).toMatchObject({
      ...{ kind: 'replay', status: 'running', total: 2, done: 1, succeeded: 1, finishedAt: null },
      filter: { type: 'clients.create', objectId: 12 },
    });
    await insertEvents(registry.database, event(1, { ...common, eventId: 'b', status: 'failed' }));
    expect(await operation(id)).toMatchObject({ status: 'finished', done: 2, succeeded: 1, failed: 1 });
    expect((await call('GET', `replays/${id}`)).body).toMatchObject({ status: 'finished', published: 2 });
    expect(ids(await call('GET', 'replays'))).toEqual([id]);
  });

  it('are no replays but for those that are', async () => {
    const id = await retry();
    expect(ids(await call('GET', 'replays'))).toEqual([]);
    for (const method of ['GET', 'DELETE']) expect((await call(method, `replays/${id}`)).status).toBe(404);
  });

  it('GET lists them, the newest first, by kind and status', async () => {
    const replay = await requested('replays', { filter: {} });
    const [first, second, third] = [await retry(), await requested('deferrals/skip', { filter: {} }), await retry()];
    await runs(first);
    await runs(second, { finished_at: finishedAt });
    const list = async (query: string): Promise<unknown[]> => ids(await call('GET', `operations?${query}`));
    expect(await list('')).toEqual([third, second, first, replay]);
    expect(await list('kind=retry')).toEqual([third, first]);
    expect(await list('kind=retry,replay&status=requested')).toEqual([third, replay]);
    expect(await list('status=running')).toEqual([first]);
    expect(await list('status=finished, running')).toEqual([second, first]);

    const page = await call('GET', 'operations?limit=1&status=requested');
    expect(ids(page)).toEqual([third]);
    const rest = await call('GET', `operations?limit=1&status=requested&cursor=${page.body.nextCursor as string}`);
    expect([ids(rest), rest.body.nextCursor]).toEqual([[replay], null]);
    const refused = await call('GET', 'operations?kind=reload&status=slow');
    expect([refused.status, errorFields(refused)]).toEqual([400, ['kind', 'status']]);
  });

  it('DELETE cancels once, tells the executors, and is in the audit', async () => {
    const id = await retry();
    await announced(id);
    const { status, body } = await call('DELETE', `operations/${id}`);
    expect([status, body]).toMatchObject([202, { id, status: 'cancelled', cancelledAt: expect.any(String) }]);
    await announced(id);
    expect(await call('DELETE', `operations/${id}`)).toMatchObject({ status: 202, body });
    const audit = itemsOf(await registry.call('GET', `/api/v1/audit?subject=${id}&action=operation.cancel`));
    expect(audit).toMatchObject([{ actor: { name: 'Anna' }, subject: { type: 'operation', id } }]);
    expect((await call('DELETE', `operations/${nobody}`)).status).toBe(404);
  });

  it('DELETE leaves one that has ended as it is', async () => {
    const id = await retry();
    await runs(id, { finished_at: finishedAt });
    expect(await call('DELETE', `operations/${id}`)).toMatchObject({
      status: 202,
      body: { status: 'finished', cancelledAt: null },
    });
  });

  it('DELETE cancels a replay as DELETE /replays/:id does', async () => {
    const id = await requested('replays', { filter: {} });
    expect((await call('DELETE', `operations/${id}`)).body).toMatchObject({ kind: 'replay', status: 'cancelled' });
    const audit = itemsOf(await registry.call('GET', `/api/v1/audit?subject=${id}&action=replay.cancel`));
    expect(audit).toMatchObject([{ subject: { type: 'replay', id } }]);
  });
});
