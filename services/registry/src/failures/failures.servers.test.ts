import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { executionId } from '#contracts';
import { OperationEntity } from '#orm';
import {
  at,
  event,
  failure,
  idAt,
  insertEvents,
  insertFailures,
  start,
  type JournaledFailure,
} from '../testing/journal-rows.ts';
import { makeKey } from '../testing/keys.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';
import type { FailureView } from './dto/failure.dto.ts';

const missing = '00000000-0000-7000-8000-000000000000';

describe('/failures', () => {
  let registry: TestRegistry;
  let crm: string;
  let billing: string;
  let operator: string;
  beforeAll(async () => {
    registry = await startRegistry();
    crm = await handler('CRM');
    billing = await handler('Billing');
    operator = (await makeKey(registry, 'operator', 'Anna')).key;
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  const first = event(0, { eventId: 'e-1', partitionKey: '12' });
  const second = event(1, { eventId: 'e-2', partitionKey: '13', objectId: '"x"' });
  const third = event(2, { eventId: 'e-3', partitionKey: '13' });
  beforeEach(async () => {
    await registry.database.query('delete from failures');
    await registry.database.query('delete from events');
    await insertEvents(registry.database, first, second, third);
    const timeout = { reason: 'timeout', reached: 'maybe', message: 'token=planted no answer' } as const;
    await insertFailures(
      registry.database,
      failure(10, first, crm, { skipped: [billing, missing] }),
      failure(11, second, crm, { ...timeout, objectId: '"x"', eventType: 'clients.update', assignee: 'Bo' }),
      failure(12, third, billing, timeout),
      settled(13, { settledAs: 'ignored', settledAt: at(20), settledBy: 'Anna', note: 'a test client' }),
      settled(14, { recoveredAt: at(21), settledAs: 'ignored', settledAt: at(20), settledBy: 'Anna' }),
    );
  });

  function settled(minutes: number, fields: Partial<JournaledFailure>): JournaledFailure {
    return failure(minutes, event(minutes, { eventId: `s-${minutes}` }), crm, fields);
  }
  async function handler(name: string): Promise<string> {
    const body = { name, event: 'clients.create', task: { type: 'http', url: 'host' } };
    return (await registry.call('POST', '/api/v1/handlers', { body })).body.id as string;
  }
  const get = (query = ''): Promise<Answer> => registry.call('GET', `/api/v1/failures${query}`);
  const post = (path: string, body: object): Promise<Answer> =>
    registry.call('POST', `/api/v1/failures/${path}`, { body, key: operator });
  const eventsOf = (answer: Answer): unknown[] => itemsOf(answer).map(({ eventId }) => eventId);
  const ofFirst = (): string => executionId('e-1', start, crm);
  const lastEntry = async (): Promise<unknown> => itemsOf(await registry.call('GET', '/api/v1/audit?limit=1'))[0];

  it('GET shows open failures, the newest first', async () => {
    const items = itemsOf<FailureView>(await get());
    expect(items.map(({ eventId }) => eventId)).toEqual(['e-3', 'e-2', 'e-1']);
    expect(items[2]).toEqual({
      executionId: ofFirst(),
      eventId: 'e-1',
      event: 'clients.create',
      objectId: 12,
      partitionKey: '12',
      handlerId: crm,
      handlerName: 'CRM',
      taskType: 'http',
      reason: 'http_status',
      message: 'answered 503',
      reached: 'yes',
      attempts: 8,
      failedAt: at(10).toISOString(),
      skipped: [
        { handlerId: billing, handlerName: 'Billing' },
        { handlerId: missing, handlerName: null },
      ],
      laterEvents: 0,
      state: 'open',
      settledAs: null,
      settledAt: null,
      settledBy: null,
      note: null,
      assignee: null,
    });
    expect(items[1]).toMatchObject({ objectId: 'x', assignee: 'Bo', laterEvents: 1 });
  });

  it('GET hides redacted values in messages', async () => {
    const { body } = await get();
    expect(JSON.stringify(body)).not.toContain('planted');
  });

  it('GET ?state=settled says how each was settled; a success counts for more than a decision', async () => {
    expect(itemsOf(await get('?state=settled'))).toMatchObject([
      { eventId: 's-14', state: 'settled', settledAs: 'succeeded', settledAt: at(21).toISOString(), settledBy: null },
      {
        ...{ eventId: 's-13', state: 'settled', settledAs: 'ignored', settledAt: at(20).toISOString() },
        ...{ settledBy: 'Anna', note: 'a test client' },
      },
    ]);
  });

  it.each([
    ['handlerId=CRM', ['e-2', 'e-1']],
    ['event=clients.update', ['e-2']],
    ['reason=timeout', ['e-3', 'e-2']],
    ['reached=yes', ['e-1']],
    ['objectId=12', ['e-3', 'e-1']],
    ['partitionKey=13', ['e-3', 'e-2']],
    ['assignee=Bo', ['e-2']],
    [`from=${at(11).toISOString()}&to=${at(12).toISOString()}`, ['e-2']],
    [`handlerId=${missing}`, []],
  ])('GET ?%s finds %j', async (query, found) => {
    expect(eventsOf(await get(`?${query.replace('CRM', crm.toUpperCase())}`))).toEqual(found);
  });

  it('GET goes from page to page', async () => {
    const page = await get('?limit=2');
    expect(eventsOf(page)).toEqual(['e-3', 'e-2']);
    const last = await get(`?limit=2&cursor=${page.body.nextCursor as string}`);
    expect([eventsOf(last), last.body.nextCursor]).toEqual([['e-1'], null]);
  });

  it.each(['state=all', 'handlerId=x', 'reason=No', 'reached=perhaps', 'cursor=x', 'from=now', 'q=%20'])(
    'GET ?%s is refused',
    async (query) => {
      const answer = await get(`?${query}`);
      expect([answer.status, errorFields(answer)]).toEqual([400, [query.split('=')[0]]]);
    },
  );

  it('counts later events of the same key that have run, and no others', async () => {
    const later = { partitionKey: '12' };
    const waiting = { ...later, status: 'waiting', finishedAt: null } as const;
    await insertEvents(
      registry.database,
      event(30, { ...later, eventId: 'ran' }),
      event(31, { ...later, eventId: 'failed', status: 'failed' }),
      event(32, { ...waiting, eventId: 'begun' }),
      event(33, { ...waiting, eventId: 'not-begun' }),
      event(34, { ...later, eventId: 'tried', test: true }),
      event(35, { ...later, eventId: 'ran', status: 'duplicate' }),
      event(36, { ...later, eventId: 'e-1', replayId: uuidv7() }),
      event(37, { partitionKey: '13', eventId: 'of another key' }),
      event(-1, { ...later, eventId: 'before' }),
    );
    const rows = await registry.database.query<{ id: string; event_id: string }[]>(
      `select id, event_id from events where status = 'waiting'`,
    );
    await registry.database.query(
      `insert into deferral_keys (key, due_at, handler_id, reason, detached) values ('12', now(), $1, 'retry', false)`,
      [crm],
    );
    for (const { id, event_id } of rows) {
      const progress = event_id === 'begun' ? '{"steps": []}' : null;
      await registry.database.query(
        `insert into deferrals (key, journal_id, event_id, event_type, object_id, partition_key, received_at, body, progress)
         values ('12', $1, $2, 'clients.create', '12', '12', now(), '{}', $3)`,
        [id, event_id, progress],
      );
    }
    expect(itemsOf(await get('?partitionKey=12'))).toMatchObject([{ eventId: 'e-1', laterEvents: 3 }]);
    await registry.database.query('delete from deferrals');
    await registry.database.query('delete from deferral_keys');
  });

  it('counts later events no further than a thousand', async () => {
    await registry.database.query(
      `insert into events (id, event_id, type, object_id, partition_key, status, occurred_at, received_at, finished_at, revision, skipped, body)
       select overlay($1 placing lpad(n::text, 12, '0') from 25)::uuid, 'many-' || n, 'clients.create', '12', '12', 'succeeded', now(), now(), now(), 1, '{}', '{}'
       from generate_series(1, 1100) as n`,
      [idAt(40)],
    );
    expect(itemsOf(await get('?partitionKey=12'))).toMatchObject([{ laterEvents: 1_000 }]);
  });

  it('GET /groups counts by handler and reason, the largest first', async () => {
    await insertFailures(registry.database, failure(15, event(15, { eventId: 'e-4', partitionKey: '14' }), crm));
    const groups = await registry.call('GET', '/api/v1/failures/groups');
    expect(itemsOf(groups)).toEqual([
      {
        ...{ handlerId: crm, handlerName: 'CRM', reason: 'http_status', open: 2, maybe: 0, keys: 2 },
        ...{ oldestAt: at(10).toISOString(), newestAt: at(15).toISOString() },
      },
      expect.objectContaining({ handlerId: billing, reason: 'timeout', open: 1, maybe: 1, keys: 1 }),
      expect.objectContaining({ handlerId: crm, reason: 'timeout', open: 1, maybe: 1, keys: 1 }),
    ]);
    expect(itemsOf(await registry.call('GET', '/api/v1/failures/groups?partitionKey=14'))).toHaveLength(1);
    const refused = await registry.call('GET', '/api/v1/failures/groups?limit=1');
    expect([refused.status, errorFields(refused)]).toEqual([400, ['limit']]);
  });

  it('settles open failures, and says who did', async () => {
    const body = { executionIds: [ofFirst().toUpperCase(), ofFirst()], as: 'done_by_hand', note: ' made by hand ' };
    expect(await post('settle', body)).toMatchObject({ status: 200, body: { changed: 1 } });
    expect(itemsOf(await get('?state=settled&partitionKey=12'))).toMatchObject([
      { eventId: 'e-1', settledAs: 'done_by_hand', settledBy: 'Anna', note: 'made by hand' },
    ]);
    expect(await lastEntry()).toMatchObject({
      action: 'failures.settle',
      actor: { name: 'Anna' },
      subject: { type: 'failures', id: ofFirst() },
      after: { as: 'done_by_hand', note: 'made by hand', changed: 1 },
    });
    expect(await post('settle', body)).toMatchObject({ body: { changed: 0 } });
  });

  it('settles all that match a filter, with one audit entry', async () => {
    const filter = { reason: 'timeout', objectId: 12 };
    expect(await post('settle', { filter, as: 'ignored' })).toMatchObject({ body: { changed: 1 } });
    expect(eventsOf(await get())).toEqual(['e-2', 'e-1']);
    expect(await lastEntry()).toMatchObject({
      action: 'failures.settle',
      after: { filter, as: 'ignored', changed: 1 },
    });
    expect(await post('settle', { filter: {}, as: 'ignored' })).toMatchObject({ body: { changed: 2 } });
  });

  it('settles all that a search finds and that match the filter, and nothing else', async () => {
    expect(await post('settle', { filter: { q: 'e-1', reason: 'timeout' }, as: 'ignored' })).toMatchObject({
      body: { changed: 0 },
    });
    expect(await post('settle', { filter: { q: 'planted' }, as: 'ignored' })).toMatchObject({ body: { changed: 0 } });
    const filter = { q: 'e-1', reason: 'http_status' };
    expect(await post('settle', { filter, as: 'ignored' })).toMatchObject({ body: { changed: 1 } });
    expect(eventsOf(await get())).toEqual(['e-3', 'e-2']);
    expect(await lastEntry()).toMatchObject({ after: { filter, changed: 1 } });
    expect(await post('resume/preview', { filter: { q: 'e-2' } })).toMatchObject({ body: { failures: 1, maybe: 1 } });
  });

  it('finds those of one event', async () => {
    expect(eventsOf(await get('?eventId=e-2'))).toEqual(['e-2']);
    expect(await post('assign', { filter: { eventId: 'e-2' }, assignee: 'Cy' })).toMatchObject({
      body: { changed: 1 },
    });
  });

  it('settles more failures than one statement changes', async () => {
    await registry.database.query(
      `insert into failures (execution_id, id, journal_id, event_id, event_type, object_id, partition_key, handler_id, task_type,
         origin_id, reason, message, reached, attempts, failed_at, skipped)
       select gen_random_uuid(), id, journal_id, event_id, event_type, object_id, partition_key, handler_id, task_type,
         origin_id, 'many', message, reached, attempts, failed_at, skipped
       from failures, generate_series(1, 10001) where event_id = 'e-1'`,
    );
    const filter = { reason: 'many' };
    expect(await post('settle', { filter, as: 'ignored' })).toMatchObject({ body: { changed: 10_001 } });
    expect(await lastEntry()).toMatchObject({ after: { filter, changed: 10_001 } });
    expect(await post('reopen', { filter })).toMatchObject({ body: { changed: 10_001 } });
  });

  it('reopens what a person has settled, and nothing else', async () => {
    expect(await post('reopen', { filter: {} })).toMatchObject({ status: 200, body: { changed: 1 } });
    expect(itemsOf(await get())[0]).toMatchObject({
      ...{ eventId: 's-13', state: 'open', settledAs: null, settledAt: null, settledBy: null },
      note: 'a test client',
    });
    expect(await lastEntry()).toMatchObject({ action: 'failures.reopen', after: { filter: {}, changed: 1 } });
  });

  it('assigns open failures, and takes them back', async () => {
    expect(await post('assign', { filter: {}, assignee: ' Bo ' })).toMatchObject({ status: 200, body: { changed: 2 } });
    expect(eventsOf(await get('?assignee=Bo'))).toEqual(['e-3', 'e-2', 'e-1']);
    const back = { executionIds: [ofFirst(), missing], assignee: null };
    expect(await post('assign', back)).toMatchObject({ body: { changed: 1 } });
    expect(eventsOf(await get('?assignee=Bo'))).toEqual(['e-3', 'e-2']);
    expect(await lastEntry()).toMatchObject({
      action: 'failures.assign',
      after: { executionIds: [ofFirst(), missing], assignee: null, changed: 1 },
    });
  });

  it('previews a resume, and resumes nothing', async () => {
    const preview = (body: object): Promise<Answer> => post('resume/preview', body);
    expect(await preview({ filter: {} })).toMatchObject({
      status: 200,
      body: { failures: 3, events: 3, keys: 2, maybe: 2 },
    });
    expect((await preview({ executionIds: [ofFirst(), missing] })).body).toEqual({
      failures: 1,
      events: 1,
      keys: 1,
      maybe: 0,
    });
    expect(itemsOf(await registry.call('GET', '/api/v1/operations?kind=resume'))).toEqual([]);
  });

  it('resumes by an operation', async () => {
    const filter = { handlerId: crm, objectId: 'x', from: '2026-03-01T10:00:00+01:00' };
    const shown = { ...filter, from: '2026-03-01T09:00:00.000Z' };
    const answer = await post('resume', { filter, canary: 2, perSecond: 50, note: 'fixed' });
    expect(answer).toMatchObject({
      status: 202,
      body: {
        ...{ kind: 'resume', status: 'requested', filter: shown, listed: null, eventId: null },
        ...{ canary: { size: 2, outcome: null }, perSecond: 50, note: 'fixed', createdBy: 'Anna' },
      },
    });
    const { id } = answer.body as { id: string };
    expect(answer.headers.get('location')).toBe(`/api/v1/operations/${id}`);
    expect(await lastEntry()).toMatchObject({ action: 'failures.resume', after: { operationId: id, filter: shown } });

    const listed = await post('resume', { executionIds: [ofFirst().toUpperCase()] });
    expect(listed.body).toMatchObject({ filter: {}, listed: 1, canary: null, perSecond: null });
    const row = await registry.database.manager.findOneByOrFail(OperationEntity, { id: listed.body.id as string });
    expect(row).toMatchObject({ kind: 'resume', executionIds: [ofFirst()], filter: {} });
  });

  it.each([
    [{}, ['filter']],
    [{ filter: {}, executionIds: [missing] }, ['filter']],
    [{ executionIds: [] }, ['executionIds']],
    [{ executionIds: ['x'] }, ['executionIds']],
    [{ filter: { state: 'open' } }, ['filter.state']],
    [{ filter: { handlerId: 1, to: 'x', assignee: '' } }, ['filter.assignee', 'filter.handlerId', 'filter.to']],
  ])('every route refuses the selection %j', async (selection, fields) => {
    for (const [path, rest] of [
      ['settle', { as: 'ignored' }],
      ['reopen', {}],
      ['assign', { assignee: 'Bo' }],
      ['resume', {}],
      ['resume/preview', {}],
    ] as const) {
      const answer = await post(path, { ...selection, ...rest });
      expect([path, answer.status, errorFields(answer)]).toEqual([path, 400, fields]);
    }
  });

  it('refuses more than ten thousand ids, and too long a note', async () => {
    const executionIds = Array<string>(10_001).fill(missing);
    const answer = await post('settle', { executionIds, as: 'ignored', note: 'x'.repeat(1_001) });
    expect([answer.status, errorFields(answer)]).toEqual([400, ['executionIds', 'note']]);
  });

  it.each([
    ['settle', {}, ['as']],
    ['settle', { as: 'succeeded', note: 'a\0b' }, ['as', 'note']],
    ['assign', {}, ['assignee']],
    ['assign', { assignee: '' }, ['assignee']],
    ['assign', { assignee: 'a\nb' }, ['assignee']],
    ['resume', { canary: -1, perSecond: 0 }, ['canary', 'perSecond']],
    ['reopen', { as: 'ignored' }, ['as']],
  ])('POST /%s refuses %j', async (path, rest, fields) => {
    const answer = await post(path, { filter: {}, ...rest });
    expect([answer.status, errorFields(answer)]).toEqual([400, fields]);
  });
});
