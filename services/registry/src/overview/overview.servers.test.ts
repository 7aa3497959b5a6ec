import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { ExecutorEntity } from '#orm';
import {
  attempt,
  event,
  failure as failureOf,
  insertAttempts,
  insertEvents,
  insertFailures,
  insertRejections,
  rejection,
  type JournaledAttempt,
  type JournaledEvent,
  type JournaledRejection,
} from '../testing/journal-rows.ts';
import { errorFields, startRegistry, type TestRegistry } from '../testing/registry.ts';

const minute = 60_000;
const failure = { outcome: 'permanent', reason: 'http_status', message: 'answered 400' } as const;
const [failed, waiting] = [
  { ...failure, status: 'failed' },
  { ...failure, status: 'waiting' },
] as const;

describe('figures of the journal', () => {
  let registry: TestRegistry;
  const now = Date.now();
  const ids: string[] = [];
  beforeAll(async () => {
    registry = await startRegistry();
    for (const fields of [{ name: 'one' }, { name: 'two' }, { name: 'three', status: 'disabled' }, { name: 'gone' }]) {
      const body = { event: 'clients.create', task: { type: 'http', url: 'host' }, ...fields };
      ids.push((await registry.call('POST', '/api/v1/handlers', { body })).body.id as string);
    }
    await registry.call('DELETE', `/api/v1/handlers/${ids[3]!}`);
    const { manager } = registry.database;
    await insertAttempts(
      registry.database,
      // An execution that ended at its third attempt, and one that did at its first.
      call(0, 30, { ...waiting, number: 1, durationMs: 10 }),
      call(0, 20, { ...waiting, number: 2, durationMs: 20 }),
      call(0, 10, { ...failed, number: 3, durationMs: 30 }),
      call(0, 12, { durationMs: 40 }),
      call(1, 180, { durationMs: 50 }),
      call(1, 5, { test: true, ...failed, durationMs: 1e6 }),
      call(1, 4, { test: true, durationMs: 1e6 }),
      call(1, 60 * 25, { ...failed }),
      call(3, 3, { ...failed, durationMs: 60 }),
      // Without a call: it was given up by hand.
      call(0, 2, { ...failed, status: 'skipped', reason: 'given_up', durationMs: 0, counted: false }),
    );
    await insertEvents(
      registry.database,
      came(30, { status: 'failed' }),
      came(12, {}),
      came(11, { status: 'waiting', finishedAt: null }),
      came(10, { status: 'duplicate' }),
      came(9, { test: true }),
      came(180, {}),
    );
    await insertFailures(
      registry.database,
      ...[0, 0, 3].map((handler, n) => failureOf(n, came(n, {}), ids[handler]!)),
      failureOf(3, came(3, {}), ids[1]!, { recoveredAt: new Date(now) }),
    );
    await insertRejections(registry.database, rejected(1), rejected(90));
    await manager.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, detached, waiting_since)
       values ('a', now(), $1, 'retry', false, now() - interval '2 hours'), ('b', now(), $1, 'retry', false, now())`,
      [ids[0]],
    );
    await manager.insert(ExecutorEntity, {
      id: uuidv7(),
      host: 'host',
      pid: 1,
      version: '1',
      startedAt: new Date(now),
      heartbeatAt: new Date(now + minute),
      revision: 1,
      revisionAt: new Date(now),
      partitions: {},
      inFlight: 0,
      circuits: [
        { handlerId: ids[1]!, open: true, openedAt: new Date(now).toISOString(), openings: 1 },
        { handlerId: ids[0]!, open: false, openedAt: new Date(now).toISOString(), openings: 3 },
      ],
    });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  const ago = (minutes: number): Date => new Date(now - minutes * minute);
  const idAgo = (minutes: number): string => uuidv7({ msecs: ago(minutes).getTime() });
  const call = (handler: number, minutes: number, fields: Partial<JournaledAttempt>): JournaledAttempt =>
    attempt(0, `e-${minutes}`, ids[handler]!, {
      id: idAgo(minutes),
      startedAt: ago(minutes),
      counted: true,
      ...fields,
    });
  const came = (minutes: number, fields: Partial<JournaledEvent>): JournaledEvent =>
    event(0, { id: idAgo(minutes), eventId: `e-${minutes}`, receivedAt: ago(minutes), ...fields });
  const rejected = (minutes: number): JournaledRejection =>
    rejection(0, Buffer.alloc(0), { id: idAgo(minutes), rejectedAt: ago(minutes) });

  it('say of the last hour what came, how it ended, what waits and what needs attention', async () => {
    const { status, body } = await registry.call('GET', '/api/v1/overview');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      window: 'hour',
      bucketSeconds: 60,
      executions: { succeeded: 1, failed: 2, skipped: 1, retried: 2 },
      duration: { p50Ms: 30, p95Ms: 60 },
      events: { received: 3, succeeded: 1, failed: 1, waiting: 1, duplicates: 1 },
      waiting: { keys: 2, events: 0, oldestSince: expect.any(String) },
      openFailures: {
        count: 3,
        groups: [
          { handlerId: ids[0], handlerName: 'one', reason: 'http_status', open: 2, maybe: 0, keys: 1 },
          { handlerId: ids[3], handlerName: 'gone', reason: 'http_status', open: 1 },
        ],
      },
      rejected: 1,
      executors: { running: 1, behind: 1, revision: 5 },
      handlers: { enabled: 2, disabled: 1, failing: [{ id: ids[0], name: 'one', failed: 1, total: 2 }] },
      attention: [
        { kind: 'circuit_open', severity: 'critical', count: 1, handlers: [{ id: ids[1], name: 'two' }] },
        { kind: 'handlers_failing', severity: 'warning', count: 1, handlers: [{ id: ids[0], name: 'one' }] },
        { kind: 'keys_waiting', severity: 'warning', count: 1, since: body.waiting.oldestSince as string },
        { kind: 'messages_rejected', severity: 'warning', count: 1 },
      ],
    });
    const buckets = body.buckets as { at: string }[];
    expect(buckets).toHaveLength(60);
    const bucketOf = (minutes: number): object => buckets.findLast(({ at }) => at <= ago(minutes).toISOString())!;
    expect(bucketOf(12)).toMatchObject({ received: 1, succeeded: 1, retried: 0, p50Ms: 40, p95Ms: 40 });
    expect(bucketOf(30)).toMatchObject({ received: 1, succeeded: 0, failed: 0, retried: 1 });
    expect(bucketOf(10)).toMatchObject({ received: 0, succeeded: 0, failed: 1, retried: 0 });
    expect(bucketOf(11)).toMatchObject({ received: 1, waiting: 1, p50Ms: null });
    expect(bucketOf(50)).toMatchObject({ received: 0, p50Ms: null, p95Ms: null });
  });

  it('say the same of the last day', async () => {
    const { body } = await registry.call('GET', '/api/v1/overview?window=day');
    expect(body).toMatchObject({
      window: 'day',
      bucketSeconds: 3_600,
      executions: { succeeded: 2, failed: 2, skipped: 1, retried: 2 },
      events: { received: 4, succeeded: 2 },
      rejected: 2,
    });
    expect(body.buckets).toHaveLength(24);
  });

  it('say of each handler how its latest attempt ended, and how its last day went', async () => {
    const all = await registry.call('GET', '/api/v1/handlers/outcomes');
    expect(all.body.items).toMatchObject([
      {
        handlerId: ids[0],
        last: { status: 'skipped', at: ago(2).toISOString(), reason: 'given_up' },
        succeeded: 1,
        failed: 1,
      },
      {
        handlerId: ids[1],
        last: { status: 'succeeded', at: ago(180).toISOString(), reason: null },
        succeeded: 1,
        failed: 0,
      },
      { handlerId: ids[2], last: null, succeeded: 0, failed: 0 },
    ]);
    const [{ hours }] = all.body.items as [{ hours: { succeeded: number; failed: number }[] }];
    expect(hours).toHaveLength(24);
    expect(hours.reduce((sum, hour) => sum + hour.succeeded + hour.failed, 0)).toBe(2);
    const some = await registry.call('GET', `/api/v1/handlers/outcomes?ids=${ids[2]!.toUpperCase()},${uuidv7()}`);
    expect(some.body).toMatchObject({ asOf: all.body.asOf as string, items: [{ handlerId: ids[2] }] });
  });

  it.each([
    ['overview?window=week', 'window'],
    ['handlers/outcomes?ids=7', 'ids'],
  ])('GET /%s is refused', async (path, field) => {
    const answer = await registry.call('GET', `/api/v1/${path}`);
    expect([answer.status, errorFields(answer)]).toEqual([400, [field]]);
  });
});
