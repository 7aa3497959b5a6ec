import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { executionId, noHandler } from '#contracts';
import { at, attempt, event, idAt, insertAttempts, insertEvents, start } from '../testing/journal-rows.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';

describe('an event that was run more than once', () => {
  let registry: TestRegistry;
  let handlerIds: [string, string];
  const [older, newer] = [idAt(10), idAt(20)] as const;
  beforeAll(async () => {
    registry = await startRegistry();
    handlerIds = [await createHandler('one'), await createHandler('two')];
    const [one, two] = handlerIds;
    const occurredAt = at(0);
    await insertEvents(
      registry.database,
      event(1, { eventId: 'e', occurredAt, status: 'failed', skipped: [two] }),
      event(10, { eventId: 'e', occurredAt, replayId: older, status: 'failed', skipped: [two] }),
      event(20, { eventId: 'e', occurredAt, replayId: newer, status: 'waiting', finishedAt: null }),
      event(21, { eventId: 'e', occurredAt, status: 'duplicate' }),
      event(22, { eventId: 'e', occurredAt, test: true }),
      event(23, { eventId: 'tried', occurredAt, test: true }),
    );
    const failed = { status: 'failed', outcome: 'permanent', reason: 'http_status', message: 'answered 400' } as const;
    const replayed = { executionId: executionId('e', start, one, newer), replayId: newer } as const;
    await insertAttempts(
      registry.database,
      attempt(1, 'e', one, failed),
      attempt(10, 'e', one, { ...failed, executionId: executionId('e', start, one, older), replayId: older }),
      attempt(20, 'e', one, { ...replayed, ...failed, outcome: 'retryable', status: 'waiting', nextAttemptAt: at(30) }),
      attempt(20.5, 'e', two, {
        ...replayed,
        executionId: executionId('e', start, two, newer),
        ...{ position: 2, status: 'skipped', outcome: 'permanent', reason: 'handler_disabled', counted: false },
      }),
      attempt(22, 'e', one, { executionId: uuidv7(), test: true }),
    );
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  async function createHandler(name: string): Promise<string> {
    const body = { name, event: 'clients.create', task: { type: 'http', url: 'host' } };
    return (await registry.call('POST', '/api/v1/handlers', { body })).body.id as string;
  }

  const get = (path: string): Promise<Answer> => registry.call('GET', `/api/v1/${path}`);

  it('is shown as it was received, with each run and its executions apart, and a status that comes from all', async () => {
    const [one, two] = handlerIds;
    const { body } = await get('events/e');
    const received = { receivedAt: at(1).toISOString(), finishedAt: at(1).toISOString(), replayId: null, test: false };
    expect(body).toMatchObject({ status: 'waiting', hasFailures: false, duplicates: 1, ...received });
    expect(body.runs).toMatchObject([
      { status: 'failed', ...received },
      { replayId: older, test: false, status: 'failed', receivedAt: at(10).toISOString() },
      { replayId: newer, test: false, status: 'waiting', finishedAt: null },
      { replayId: null, test: true, status: 'succeeded' },
    ]);
    expect(body.executions).toMatchObject([
      { handlerId: one, replayId: null, test: false, position: 1, status: 'failed' },
      {
        handlerId: two,
        replayId: null,
        status: 'skipped',
        skipReason: 'earlier_failed',
        position: 2,
        id: executionId('e', start, two),
        attempts: [],
      },
      { handlerId: one, replayId: older, status: 'failed' },
      { handlerId: two, replayId: older, status: 'skipped', id: executionId('e', start, two, older) },
      { handlerId: one, replayId: newer, status: 'waiting', attempts: [{ nextAttemptAt: at(30).toISOString() }] },
      {
        handlerId: two,
        replayId: newer,
        status: 'skipped',
        skipReason: 'handler_disabled',
        attempts: [{ reason: 'handler_disabled', nextAttemptAt: null }],
      },
      { handlerId: one, replayId: null, test: true, status: 'succeeded', skipReason: null },
    ]);
  });

  it('that was only a test is there too', async () => {
    expect((await get('events/tried')).body).toMatchObject({
      test: true,
      replayId: null,
      waiting: null,
      executions: [],
    });
  });

  it('is in the list with each of its runs', async () => {
    expect(itemsOf(await get('events?status=failed,waiting'))).toMatchObject([
      { id: 'e', replayId: newer, test: false, finishedAt: null },
      { id: 'e', replayId: older },
      { id: 'e', replayId: null },
    ]);
    expect(itemsOf(await get('events?limit=1'))).toMatchObject([{ id: 'tried', test: true, replayId: null }]);
  });

  it('is in the execution log with each of its runs', async () => {
    expect(itemsOf(await get('executions'))).toMatchObject([
      { test: true, replayId: null, nextAttemptAt: null },
      { test: false, replayId: newer, status: 'skipped', reason: 'handler_disabled' },
      { test: false, replayId: newer, status: 'waiting', nextAttemptAt: at(30).toISOString() },
      { replayId: older },
      { replayId: null },
    ]);
  });

  it('says what it waits for', async () => {
    const [one] = handlerIds;
    const [row] = itemsOf(await get('events?status=waiting'));
    expect((await get('events/e')).body.waiting).toBeNull();
    await registry.database.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, detached)
       values ('12', $1, $2, 'retry', false), ('side', $1, $2, 'retry', true)`,
      [at(30), one],
    );
    await registry.database.query(
      `insert into deferrals (key, journal_id, event_id, event_type, object_id, partition_key, received_at, body)
       values ('side', $1, 'e', 'clients.create', '12', '12', now(), '{}'),
         ('12', $2, 'before', 'clients.create', '12', '12', now(), '{}'),
         ('12', $1, 'e', 'clients.create', '12', '12', now(), '{}')`,
      [row!['journalId'], uuidv7()],
    );
    const waiting = {
      key: '12',
      detached: false,
      reason: 'retry',
      dueAt: at(30).toISOString(),
      handlerId: one,
      ahead: 1,
    };
    expect((await get('events/e')).body.waiting).toEqual(waiting);
    await registry.database.query(`update deferral_keys set handler_id = $1 where key = '12'`, [noHandler]);
    expect((await get('events/e')).body.waiting).toMatchObject({ key: '12', handlerId: null });
    await registry.database.query(`delete from deferrals where key = '12'`);
    expect((await get('events/e')).body.waiting).toMatchObject({ key: 'side', detached: true, ahead: 0 });
  });

  it('says of a handler that was disabled that it did not run, and why', async () => {
    const [one, two] = handlerIds;
    await insertEvents(
      registry.database,
      event(0, { eventId: 'disabled', disabled: [one] }),
      event(0, { eventId: 'both', status: 'failed', failed: true, skipped: [two], disabled: [one] }),
    );
    const skips = async (id: string): Promise<unknown> =>
      ((await get(`events/${id}`)).body.executions as object[]).map((execution) => ({ ...execution }));
    expect((await get('events/disabled')).body.status).toBe('succeeded');
    expect(await skips('disabled')).toMatchObject([
      { handlerId: one, handlerName: 'one', status: 'skipped', skipReason: 'handler_disabled', attempts: [] },
    ]);
    expect(await skips('both')).toMatchObject([
      { handlerId: two, skipReason: 'earlier_failed' },
      { handlerId: one, skipReason: 'handler_disabled' },
    ]);
  });

  it('is found by a handler that has failed while another one waits', async () => {
    const found = async (query: string): Promise<unknown[]> =>
      itemsOf(await get(`events?${query}`)).map(({ id, hasFailures }) => [id, hasFailures]);
    await insertEvents(
      registry.database,
      event(30, { eventId: 'partly', status: 'waiting', failed: true, finishedAt: null }),
      event(31, { eventId: 'wholly', status: 'waiting', finishedAt: null }),
    );
    expect(await found('hasFailures=true')).toEqual([
      ['partly', true],
      ['both', true],
    ]);
    expect(await found('hasFailures=false&status=waiting&limit=1')).toEqual([['wholly', false]]);
    expect(errorFields(await get('events?hasFailures=maybe'))).toEqual(['hasFailures']);
  });

  it('says of a handler whose condition is false that it was not tried, and why', async () => {
    const [one] = handlerIds;
    await insertEvents(registry.database, event(0, { eventId: 'unmet', skipped: [one] }));
    const unmet = { status: 'skipped', outcome: 'permanent', reason: 'condition_unmet', counted: false } as const;
    await insertAttempts(registry.database, attempt(0.5, 'unmet', one, unmet));
    const { body } = await get('events/unmet');
    expect(body.executions).toMatchObject([
      { handlerId: one, status: 'skipped', skipReason: 'condition_unmet', durationMs: null, attempts: [] },
    ]);
  });
});
