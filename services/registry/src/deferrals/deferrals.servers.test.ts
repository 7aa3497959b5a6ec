import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { noHandler, retryDeferralPattern, skipDeferralPattern, type DeferralCommand } from '#contracts';
import { OperationEntity } from '#orm';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';
import { at, attempt, insertAttempts } from '../testing/journal-rows.ts';
import { standIn, type StandIn } from '../../../../test/support/stand-in.ts';

interface Waiting {
  key: string;
  waitingSince: string;
  handlerId: string;
  events: string[];
  reason?: string;
  cause?: string;
  detached?: boolean;
  leaseUntil?: string;
  progress?: object;
}

describe('/deferrals', () => {
  let registry: TestRegistry;
  let handlerId: string;
  beforeAll(async () => {
    registry = await startRegistry();
    const handler = { name: 'CRM', event: 'clients.create', task: { type: 'http', url: 'host' } };
    const { body } = await registry.call('POST', '/api/v1/handlers', { body: handler });
    handlerId = body.id as string;
    const steps = [
      { handlerId: uuidv7(), status: 'succeeded', attempts: 1 },
      { handlerId, status: 'waiting', attempts: 2 },
    ];
    await defer({
      key: 'b:1/é',
      waitingSince: '2026-03-01T09:00:00.000001Z',
      handlerId,
      cause: 'http_status',
      events: ['e-1', 'e-2', 'e-3'],
      progress: { revision: 42, steps },
    });
    const answer = { http: { status: 503, headers: {}, body: 'no', truncated: false } };
    const failed = {
      ...({ status: 'waiting', outcome: 'retryable', reason: 'http_status', message: 'answered 503' } as const),
      response: JSON.stringify(answer),
    };
    await insertAttempts(
      registry.database,
      attempt(10, 'e-1', handlerId, { ...failed, reason: 'timeout' }),
      attempt(20, 'e-1', handlerId, { ...failed, number: 2 }),
      attempt(21, 'e-1', handlerId, { ...failed, number: 1, test: true }),
      attempt(22, 'e-1', uuidv7(), { ...failed, number: 3 }),
    );
    const since = '2026-03-01T09:00:00.000002Z';
    await defer({ key: 'a', waitingSince: since, handlerId: noHandler, events: ['e-4'], reason: 'slow_key' });
    await defer({ key: 'c', waitingSince: since, handlerId, events: ['e-5'], detached: true, leaseUntil: 'infinity' });
    await defer({ key: '0', waitingSince: '2026-03-01T09:00:00.000003Z', handlerId: uuidv7(), events: ['e-6'] });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  async function defer(waiting: Waiting): Promise<void> {
    const { key, reason = 'retry', cause = null, detached = false, leaseUntil = null, progress = null } = waiting;
    await registry.database.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, cause, detached, waiting_since, lease_until)
       values ($1, '2026-03-01T10:00:00Z', $2, $3, $4, $5, $6, $7)`,
      [key, waiting.handlerId, reason, cause, detached, waiting.waitingSince, leaseUntil],
    );
    for (const [index, event] of waiting.events.entries()) {
      await registry.database.query(
        `insert into deferrals (key, journal_id, event_id, event_type, object_id, partition_key, received_at, body, progress)
         values ($1, $2, $3, 'clients.create', '"x"', $1, $5, '{}', $4)`,
        [key, uuidv7(), event, index === 0 ? progress : null, at(0)],
      );
    }
  }

  const get = (query: string): Promise<Answer> => registry.call('GET', `/api/v1/deferrals?${query}`);
  const keys = (answer: Answer): unknown[] => itemsOf(answer).map(({ key }) => key);

  it('GET shows what waits, since when, for whom, and how many events behind it', async () => {
    const answer = await get('');
    expect(answer).toMatchObject({ status: 200, body: { nextCursor: null } });
    const [first, ...others] = itemsOf(answer);
    expect(first).toEqual({
      key: 'b:1/é',
      detached: false,
      waitingSince: '2026-03-01T09:00:00.000Z',
      dueAt: '2026-03-01T10:00:00.000Z',
      reason: 'retry',
      handlerId,
      handlerName: 'CRM',
      event: { id: 'e-1', type: 'clients.create', objectId: 'x' },
      attempts: 2,
      lastAttempt: {
        number: 2,
        startedAt: at(20).toISOString(),
        reason: 'http_status',
        message: 'answered 503',
        response: '503 no',
      },
      behind: 2,
      running: false,
    });
    expect(others).toMatchObject([
      { key: 'a', handlerId: null, handlerName: null, attempts: 0, lastAttempt: null, behind: 0 },
      { key: 'c', detached: true, running: true, event: { id: 'e-5' } },
      { key: '0', handlerId: expect.any(String), handlerName: null },
    ]);
  });

  it('POST /preview counts what waits', async () => {
    const preview = async (filter: object): Promise<unknown> =>
      (await registry.call('POST', '/api/v1/deferrals/preview', { body: { filter } })).body;
    expect(await preview({})).toEqual({ keys: 4, events: 6 });
    expect(await preview({ handlerId })).toEqual({ keys: 2, events: 4 });
    expect(await preview({ handlerId, reason: 'slow_key' })).toEqual({ keys: 0, events: 0 });
    expect(await preview({ reason: 'http_status' })).toEqual({ keys: 1, events: 3 });
    expect(await preview({ partitionKeys: ['a', 'c', 'nowhere'] })).toEqual({ keys: 2, events: 2 });
    expect(await preview({ waitingLongerThan: '1h' })).toEqual({ keys: 4, events: 6 });
    expect(await preview({ waitingLongerThan: '3650d' })).toEqual({ keys: 0, events: 0 });
  });

  it('GET goes from page to page, the one that has waited longest first', async () => {
    const seen: unknown[] = [];
    let cursor = '';
    for (let page = 0; page < 4; page++) {
      const answer = await get(`limit=1&cursor=${cursor}`);
      seen.push(...keys(answer));
      cursor = answer.body.nextCursor as string;
    }
    expect(seen).toEqual(['b:1/é', 'a', 'c', '0']);
    expect(cursor).toBeNull();
  });

  it('GET finds those of one handler, and those of one reason', async () => {
    expect(keys(await get(`handlerId=${handlerId.toUpperCase()}`))).toEqual(['b:1/é', 'c']);
    expect(keys(await get('reason=slow_key'))).toEqual(['a']);
    // Why the attempt before failed.
    expect(keys(await get('reason=http_status'))).toEqual(['b:1/é']);
    expect(keys(await get(`reason=slow_key&handlerId=${handlerId}`))).toEqual([]);
  });

  it.each(['cursor=x', 'cursor=MTIz', 'cursor=MSAA', 'handlerId=1', 'reason=No%20idea', 'limit=0'])(
    'GET ?%s is refused',
    async (query) => {
      const answer = await get(query);
      expect([answer.status, errorFields(answer)]).toEqual([400, [query.split('=')[0]]]);
    },
  );

  const longWait = { waitingLongerThan: '600s', partitionKeys: ['a', 'a'] };
  it.each(['retry', 'skip'])('POST /%s asks for an operation', async (kind) => {
    const filter = { handlerId: handlerId.toUpperCase(), reason: 'http_status', ...longWait };
    const body = { filter, canary: 10, perSecond: 0.5, note: ' the CRM is back ' };
    const answer = await registry.call('POST', `/api/v1/deferrals/${kind}`, { body });
    const shown = { handlerId, reason: 'http_status', waitingLongerThan: '10m', partitionKeys: ['a'] };
    expect(answer).toMatchObject({
      status: 202,
      body: {
        kind,
        status: 'requested',
        total: null,
        canary: { size: 10, outcome: null },
        perSecond: 0.5,
        note: 'the CRM is back',
        filter: shown,
        createdBy: 'bootstrap',
      },
    });
    const { id } = answer.body as { id: string };
    expect(answer.headers.get('location')).toBe(`/api/v1/operations/${id}`);
    expect(await registry.call('GET', `/api/v1/operations/${id}`)).toMatchObject({ status: 200, body: answer.body });
    const row = await registry.database.manager.findOneByOrFail(OperationEntity, { id });
    expect(row.filter).toEqual({
      handlerId,
      reason: 'http_status',
      waitingLongerThanMs: 600_000,
      partitionKeys: ['a'],
    });
    const audit = itemsOf(await registry.call('GET', `/api/v1/audit?action=deferrals.${kind}`));
    expect(audit).toMatchObject([{ subject: { type: 'operation', id }, after: { canary: 10, perSecond: 0.5 } }]);
  });

  it.each([
    [{}, ['filter']],
    [{ filter: null }, ['filter']],
    [{ filter: { waitingLongerThan: 'long' } }, ['filter.waitingLongerThan']],
    [{ filter: { waitingLongerThan: '3651d' } }, ['filter.waitingLongerThan']],
    [{ filter: { partitionKeys: [] } }, ['filter.partitionKeys']],
    [{ filter: { partitionKeys: ['a', ''] } }, ['filter.partitionKeys']],
    [{ filter: { handlerId: 'x', reason: 'X' } }, ['filter.handlerId', 'filter.reason']],
    [{ filter: {}, canary: 0, perSecond: 0, note: 5 }, ['canary', 'note', 'perSecond']],
    [{ filter: {}, canary: 1.5, perSecond: '50' }, ['canary', 'perSecond']],
    [{ filter: {}, everything: true }, ['everything']],
  ])('POST /retry and /skip refuse %j', async (body, fields) => {
    for (const kind of ['retry', 'skip']) {
      const answer = await registry.call('POST', `/api/v1/deferrals/${kind}`, { body });
      expect([answer.status, errorFields(answer)]).toEqual([400, fields]);
    }
  });

  describe('POST', () => {
    let executor: StandIn;
    beforeAll(async () => {
      const answer = ({ key }: DeferralCommand): object => ({ kind: key === 'b:1/é' ? 'taken' : key });
      executor = await standIn(registry.sandbox.amqpUrl, {
        [retryDeferralPattern]: answer,
        [skipDeferralPattern]: answer,
      });
    });
    afterAll(async () => executor[Symbol.asyncDispose]());

    const post = (key: string, action: string): Promise<Answer> =>
      registry.call('POST', `/api/v1/deferrals/${encodeURIComponent(key)}/${action}`);

    it.each([
      ['retry', retryDeferralPattern],
      ['skip', skipDeferralPattern],
    ])('%s has an executor do it', async (action, pattern) => {
      expect(await post('b:1/é', action)).toMatchObject({ status: 202, body: { key: 'b:1/é' } });
      expect(await executor.next()).toEqual({ pattern, data: { key: 'b:1/é' } });
      const running = await post('running', action);
      expect(running).toMatchObject({ status: 409, body: { type: 'urn:provisor:problem:deferral-running' } });
      const nothing = await post('not_waiting', action);
      expect(nothing).toMatchObject({ status: 404, body: { type: 'urn:provisor:problem:nothing-deferred' } });
      await executor.next();
      await executor.next();
    });

    it('refuses what is no key', async () => {
      const answer = await post('x'.repeat(256), 'retry');
      expect([answer.status, errorFields(answer)]).toEqual([400, ['key']]);
    });
  });
});
