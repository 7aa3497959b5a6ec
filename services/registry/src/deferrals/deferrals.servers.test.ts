import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { noHandler, retryDeferralPattern, skipDeferralPattern, type DeferralCommand } from '#contracts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';
import { at, attempt, insertAttempts } from '../testing/journal-rows.ts';
import { standIn, type StandIn } from '../../../../test/support/stand-in.ts';

interface Waiting {
  key: string;
  waitingSince: string;
  handlerId: string;
  events: string[];
  reason?: string;
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
    const { key, reason = 'retry', detached = false, leaseUntil = null, progress = null } = waiting;
    await registry.database.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, detached, waiting_since, lease_until)
       values ($1, '2026-03-01T10:00:00Z', $2, $3, $4, $5, $6)`,
      [key, waiting.handlerId, reason, detached, waiting.waitingSince, leaseUntil],
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
    const refused = await registry.call('POST', '/api/v1/deferrals/preview', { body: { filter: { reason: 'x' } } });
    expect(errorFields(refused)).toEqual(['filter.reason']);
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
    expect(keys(await get(`reason=slow_key&handlerId=${handlerId}`))).toEqual([]);
  });

  it.each(['cursor=x', 'cursor=MTIz', 'cursor=MSAA', 'handlerId=1', 'reason=boredom', 'limit=0'])(
    'GET ?%s is refused',
    async (query) => {
      const answer = await get(query);
      expect([answer.status, errorFields(answer)]).toEqual([400, [query.split('=')[0]]]);
    },
  );

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
