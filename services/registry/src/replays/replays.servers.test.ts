import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { operationChangedPattern } from '#contracts';
import { OperationEntity } from '#orm';
import { event, insertEvents, type JournaledEvent } from '../testing/journal-rows.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';
import { standIn, type StandIn } from '../../../../test/support/stand-in.ts';

const unknownId = '00000000-0000-7000-8000-000000000000';

describe('/replays', () => {
  let registry: TestRegistry;
  let executor: StandIn;
  let handlerId: string;
  beforeAll(async () => {
    registry = await startRegistry();
    executor = await standIn(registry.sandbox.amqpUrl, { [operationChangedPattern]: undefined });
    const handler = { name: 'CRM', event: 'clients.create', task: { type: 'http', url: 'host' } };
    handlerId = (await registry.call('POST', '/api/v1/handlers', { body: handler })).body.id as string;
    await came({ eventId: 'a/b é' }, { eventId: 'tried', test: true }, { eventId: 'again', status: 'duplicate' });
  });
  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await registry.database.query('delete from operation_runs');
    await registry.database.query('delete from operations');
    await registry.database.query('delete from events where event_id <> all($1)', [['a/b é', 'tried', 'again']]);
  });

  const came = (...events: Partial<JournaledEvent>[]): Promise<void> => {
    const common = { partitionKey: '12', revision: 1, body: '{}' };
    return insertEvents(
      registry.database,
      ...events.map((each) => event(0, { eventId: uuidv7(), ...common, ...each })),
    );
  };

  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    registry.call(method, `/api/v1/${path}`, { body });
  const created = async (body: object): Promise<string> => (await call('POST', 'replays', body)).body.id as string;
  const replay = async (id: string): Promise<unknown> => (await call('GET', `replays/${id}`)).body;
  /** The announced replay; announcements of earlier tests may arrive late. */
  const announced = async (id: string): Promise<void> => {
    for (;;) if (((await executor.next()).data as { operationId: string }).operationId === id) return;
  };

  it('POST writes down what is wanted, and tells the executors', async () => {
    const filter = { type: 'clients.create', objectId: '12', partitionKey: '7', status: ['failed'] };
    const times = { from: '2026-03-01T09:00:00+01:00', to: '2026-03-02T00:00:00Z' };
    const { status, headers, body } = await call('POST', 'replays', {
      filter: { ...filter, ...times },
      handlerIds: [handlerId.toUpperCase(), handlerId],
    });
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/api/v1/replays/${body.id}`);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      createdAt: expect.any(String),
      eventId: null,
      filter: { ...filter, from: '2026-03-01T08:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
      handlerIds: [handlerId],
      editedEventId: null,
      status: 'requested',
      total: null,
      published: 0,
      succeeded: 0,
      failed: 0,
      waiting: 0,
      cancelledAt: null,
      startedAt: null,
      finishedAt: null,
    });
    expect(await replay(body.id as string)).toEqual(body);
    const row = await registry.database.manager.findOneByOrFail(OperationEntity, { id: body.id as string });
    expect(row.filter).toMatchObject({ objectIds: ['"12"', '12'], status: ['failed'] });
    await announced(body.id as string);
  });

  it.each([
    [{}, {}, {}],
    [{ objectId: 12 }, { objectIds: ['12'] }, { objectId: 12 }],
    [{ objectId: 'x' }, { objectIds: ['"x"'] }, { objectId: 'x' }],
    [{ status: 'failed, waiting' }, { status: ['failed', 'waiting'] }, { status: ['failed', 'waiting'] }],
  ])('POST with the filter %j', async (filter, stored, shown) => {
    const { status, body } = await call('POST', 'replays', { filter });
    expect([status, body.filter]).toEqual([202, shown]);
    const row = await registry.database.manager.findOneByOrFail(OperationEntity, { id: body.id as string });
    expect(row.filter).toEqual(stored);
  });

  it.each([
    [{}, ['filter']],
    [{ filter: [] }, ['filter']],
    [{ filter: null }, ['filter']],
    [{ filter: 'all' }, ['filter']],
    [{ filter: { color: 'red', type: 'clients.explode' } }, ['filter.color', 'filter.type']],
    [
      { filter: { objectId: 1.5, partitionKey: '', status: ['duplicate'], from: 'now', to: 5 } },
      ['filter.from', 'filter.objectId', 'filter.partitionKey', 'filter.status', 'filter.to'],
    ],
    [{ filter: { to: '9999-12-31T23:59:59-12:00', status: [] } }, ['filter.status', 'filter.to']],
    [{ filter: {}, handlerIds: [] }, ['handlerIds']],
    [{ filter: {}, handlerIds: ['x'] }, ['handlerIds']],
    [{ filter: {}, handlerIds: [unknownId, unknownId] }, ['handlerIds.0', 'handlerIds.1']],
    [{ filter: {}, when: 'now' }, ['when']],
  ])('POST %j is refused', async (body, fields) => {
    const answer = await call('POST', 'replays', body);
    expect([answer.status, errorFields(answer)]).toEqual([400, fields]);
  });

  it('POST /events/:id/replay asks for one event', async () => {
    const path = `events/${encodeURIComponent('a/b é')}/replay`;
    const some = await call('POST', path, { handlerIds: [handlerId] });
    expect(some).toMatchObject({ status: 202, body: { eventId: 'a/b é', filter: {}, handlerIds: [handlerId] } });
    expect(some.headers.get('location')).toBe(`/api/v1/replays/${some.body.id}`);
    // No body says as much as an empty one.
    for (const body of [undefined, '', {}]) {
      expect(await call('POST', path, body)).toMatchObject({ status: 202, body: { handlerIds: null } });
    }
    const unknown = await call('POST', path, { handlerIds: [handlerId, unknownId] });
    expect([unknown.status, errorFields(unknown)]).toEqual([400, ['handlerIds.1']]);
    for (const id of ['nowhere', 'tried', 'again'])
      expect((await call('POST', `events/${id}/replay`)).status).toBe(404);
  });

  describe('of an edited copy', () => {
    const path = `events/${encodeURIComponent('a/b é')}/replay`;
    const head = { dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.create', object_id: 12 };
    const stored = (id: unknown): Promise<OperationEntity> =>
      registry.database.manager.findOneByOrFail(OperationEntity, { id: id as string });

    it('keeps the text of the event, with the id that it has', async () => {
      const text = `{"handlerIds": ["${handlerId}"], "event": {"event": ${JSON.stringify({ id: 'copy', ...head })}, "data": {"n": 1.10}}}`;
      const { status, body } = await call('POST', path, text);
      expect([status, body]).toMatchObject([202, { eventId: 'a/b é', editedEventId: 'copy', handlerIds: [handlerId] }]);
      expect(await replay(body.id as string)).toEqual(body);
      const { editedEvent, editedEventId } = await stored(body.id);
      expect([editedEvent, editedEventId]).toEqual([expect.stringContaining('"data": {"n": 1.10}'), 'copy']);
    });

    it('has the values of its original where they are shown masked, and others are to be written', async () => {
      const data = (password: string) => ({ login: 'x', password });
      await came({ eventId: 'secret', body: JSON.stringify({ event: head, data: data('hunter2') }) });
      const shown = (await call('GET', 'events/secret')).body as { body: { data: object } };
      expect(shown.body.data).toEqual(data('***'));
      const { status, body } = await call('POST', 'events/secret/replay', { event: shown.body });
      expect(status).toBe(202);
      const { editedEvent } = await stored(body.id);
      expect(JSON.parse(editedEvent!)).toMatchObject({ data: data('hunter2') });
      expect(JSON.stringify(body)).not.toContain('hunter2');
      const moved = { event: { event: head, data: { user: data('***') } } };
      const refused = await call('POST', 'events/secret/replay', moved);
      expect([refused.status, errorFields(refused)]).toEqual([400, ['event']]);
    });

    it('is named by its original, when it has run, and names it', async () => {
      await call('POST', path, { event: { event: { id: 'ran', ...head }, data: {} } });
      await call('POST', path, { event: { event: { id: 'has not run', ...head }, data: {} } });
      await came({ eventId: 'ran', replayOf: 'a/b é' });
      const original = (await call('GET', `events/${encodeURIComponent('a/b é')}`)).body;
      expect(original).toMatchObject({ replayOf: null, editedCopies: ['ran'] });
      expect((await call('GET', 'events/ran')).body).toMatchObject({ replayOf: 'a/b é', editedCopies: [] });
      const copy = expect.objectContaining({ id: 'ran', replayOf: 'a/b é' });
      expect(itemsOf(await call('GET', 'events'))).toContainEqual(copy);
    });

    it('is replayed as an event of its own', async () => {
      await came({ eventId: 'ran', replayOf: 'a/b é', replayId: unknownId }, { eventId: 'x', replayId: unknownId });
      expect(await call('POST', 'events/ran/replay')).toMatchObject({ status: 202, body: { eventId: 'ran' } });
      expect((await call('POST', 'events/x/replay')).status).toBe(404);
      expect((await call('POST', 'replays/preview', { filter: {} })).body).toMatchObject({ events: 2 });
    });

    it.each([[{ id: 'a/b é' }], [{}]])('has a new id in place of %j', async (id) => {
      const { body } = await call('POST', path, { event: { event: { ...id, ...head }, data: { constructor: 1 } } });
      expect(body.editedEventId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      const { editedEvent } = await stored(body.id);
      expect(JSON.parse(editedEvent!)).toMatchObject({ event: { ...head, id: body.editedEventId } });
    });

    it.each([
      [{ event: null }, ['event']],
      [{ event: { event: { ...head, dt: 'now' }, data: {} } }, ['event.event.dt']],
      [{ event: { event: head } }, ['event.data']],
      [{ events: {} }, ['events']],
      [{ handlerIds: 'all', event: { event: head, data: {} } }, ['handlerIds']],
    ])('is refused: %j', async (body, fields) => {
      const answer = await call('POST', path, body);
      expect([answer.status, errorFields(answer)]).toEqual([400, fields]);
    });
  });

  it.each([
    [{}, 3],
    [{ status: ['failed'] }, 1],
    [{ type: 'clients.create', objectId: '12', partitionKey: '7', status: 'failed, waiting' }, 1],
    [{ type: 'clients.update' }, 0],
    [{ from: '2026-03-01T09:00:00Z', to: '2026-03-01T09:00:01Z' }, 3],
    [{ from: '2026-03-01T09:00:01Z' }, 0],
  ])('POST /replays/preview counts what %j would replay, and replays nothing', async (filter, events) => {
    await came(
      { eventId: 'counted', status: 'failed', partitionKey: '7' },
      { eventId: 'twice' },
      { eventId: 'twice' },
      { eventId: 'twice', replayId: unknownId },
    );
    expect(await call('POST', 'replays/preview', { filter })).toMatchObject({
      status: 200,
      body: { events, more: false },
    });
    expect(itemsOf(await call('GET', 'replays'))).toEqual([]);
  });

  it('POST /replays/preview counts no further than ten thousand', async () => {
    await came({ eventId: 'many', type: 'clients.archive' });
    await registry.database.query(`insert into events (id, event_id, type, object_id, partition_key, status,
        occurred_at, received_at, finished_at, revision, skipped, body)
      select overlay(id::text placing lpad(n::text, 12, '0') from 25)::uuid, event_id || n, type, object_id, partition_key, status,
        occurred_at, received_at, finished_at, revision, skipped, body
      from events, generate_series(1, 10000) as n where event_id = 'many'`);
    const { body } = await call('POST', 'replays/preview', { filter: { type: 'clients.archive' } });
    expect(body).toEqual({ events: 10_000, more: true });
    const refused = await call('POST', 'replays/preview', { filter: { type: 'clients.explode' } });
    expect([refused.status, errorFields(refused)]).toEqual([400, ['filter.type']]);
  });

  it('GET says how far it is, and that it is finished when all that was sent has ended', async () => {
    const id = await created({ filter: {} });
    const [startedAt, sentAt, endedAt] = [
      '2026-03-01T10:00:00.000Z',
      '2026-03-01T10:00:01.000Z',
      '2026-03-01T10:00:02.000Z',
    ];
    await registry.database.query(
      'insert into operation_runs (operation_id, started_at, total, released) values ($1, $2, 4, 2)',
      [id, startedAt],
    );
    expect(await replay(id)).toMatchObject({ status: 'running', total: 4, published: 2, startedAt, finishedAt: null });
    await came(
      { replayId: id },
      { replayId: id, status: 'failed' },
      { replayId: id, eventId: 'slow', status: 'waiting', finishedAt: null },
    );
    await registry.database.query('update operation_runs set released = 4, finished_at = $2 where operation_id = $1', [
      id,
      sentAt,
    ]);
    expect(await replay(id)).toMatchObject({
      status: 'running',
      succeeded: 1,
      failed: 1,
      waiting: 1,
      finishedAt: null,
    });
    await came({ replayId: id });
    expect(await replay(id)).toMatchObject({ status: 'running', succeeded: 2, waiting: 1 });
    await registry.database.query(`update events set status = 'succeeded', finished_at = $1 where event_id = 'slow'`, [
      endedAt,
    ]);
    expect(await replay(id)).toMatchObject({
      status: 'finished',
      succeeded: 3,
      failed: 1,
      waiting: 0,
      finishedAt: endedAt,
    });
    expect(itemsOf(await call('GET', `events?replayId=${id}&status=failed`))).toMatchObject([{ replayId: id }]);
    expect(await call('DELETE', `replays/${id}`)).toMatchObject({
      status: 202,
      body: { status: 'finished', cancelledAt: null },
    });
  });

  it('GET says of one that found nothing that it is finished', async () => {
    const id = await created({ filter: {} });
    await registry.database.query(
      'insert into operation_runs (operation_id, total, finished_at) values ($1, 0, now())',
      [id],
    );
    expect(await replay(id)).toMatchObject({ status: 'finished', total: 0, finishedAt: expect.any(String) });
  });

  it('DELETE cancels once, and tells the executors', async () => {
    const id = await created({ filter: {} });
    await announced(id);
    const { status, body } = await call('DELETE', `replays/${id}`);
    expect([status, body.status, body.cancelledAt]).toEqual([202, 'cancelled', expect.any(String)]);
    await announced(id);
    expect(await call('DELETE', `replays/${id}`)).toMatchObject({ status: 202, body });
    for (const method of ['GET', 'DELETE']) expect((await call(method, `replays/${unknownId}`)).status).toBe(404);
  });

  it('GET lists them, the newest first, page by page', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.unshift(await created({ filter: {} }));
    const first = await call('GET', 'replays?limit=2');
    const second = await call('GET', `replays?limit=2&cursor=${first.body.nextCursor as string}`);
    expect([...itemsOf(first), ...itemsOf(second)].map(({ id }) => id)).toEqual(ids);
    expect(second.body.nextCursor).toBeNull();
  });
});

describe('a replay without a broker', () => {
  it('is written down all the same', async () => {
    await using registry = await startRegistry({ broker: { urls: ['amqp://127.0.0.1:1'] } });
    const { status, body } = await registry.call('POST', '/api/v1/replays', { body: { filter: {} } });
    expect([status, body.status]).toEqual([202, 'requested']);
    expect((await registry.call('GET', `/api/v1/replays/${body.id as string}`)).status).toBe(200);
  });
});
