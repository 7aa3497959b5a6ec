import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { DatabaseClock } from '#database';
import { makeKey } from '../testing/keys.ts';
import { attempt, event, insertAttempts, insertEvents } from '../testing/journal-rows.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';

const hour = 3_600_000;
const day = 24 * hour;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

describe('holds', () => {
  let registry: TestRegistry;
  let now: number;
  beforeAll(async () => {
    registry = await startRegistry();
    now = registry.app.get(DatabaseClock, { strict: false }).date().getTime();
  });
  afterAll(async () => registry[Symbol.asyncDispose]());
  afterEach(async () => {
    for (const table of ['deferrals', 'deferral_keys', 'events', 'attempts', 'handlers', 'targets']) {
      await registry.database.query(`delete from ${table}`);
    }
  });

  const call = (method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer> =>
    registry.call(method, `/api/v1/${path}`, { ...(body && { body }), ...(headers && { headers }) });
  async function target(fields: object = {}): Promise<string> {
    return (await call('POST', 'targets', { name: 'CRM', baseUrl: 'crm.example', ...fields })).body.id as string;
  }
  async function handler(fields: object = {}): Promise<string> {
    const whole = { name: 'A', event: 'clients.create', task: { type: 'http', url: 'crm.example' }, ...fields };
    return (await call('POST', 'handlers', whole)).body.id as string;
  }
  const ahead = (ms: number): string => new Date(now + ms).toISOString();
  /** Two hours in UTC that begin some time from now, on the hour. */
  const windowIn = (ms: number): object => {
    const from = new Date(now + ms);
    const two = (hours: number): string => `${String(hours % 24).padStart(2, '0')}:00`;
    return {
      days: [weekdays[from.getUTCDay()]],
      from: two(from.getUTCHours()),
      to: two(from.getUTCHours() + 2),
      timeZone: 'UTC',
    };
  };

  describe.each(['handlers', 'targets'] as const)('of %s', (resource) => {
    const one = resource === 'handlers' ? 'handler' : 'target';
    const make = (): Promise<string> => (resource === 'handlers' ? handler() : target());

    it('begin with a reason, and last until a time or until they are released', async () => {
      const id = await make();
      const revision = (await call('GET', 'catalog')).body.revision as number;
      const until = ahead(2 * hour);
      const { status, headers, body } = await call('PUT', `${resource}/${id}/hold`, { reason: ' CRM upgrade ', until });
      expect([status, headers.get('etag'), body.version]).toEqual([200, '"2"', 2]);
      expect(body.hold).toEqual({ reason: 'CRM upgrade', until, since: expect.any(String), by: 'bootstrap' });
      expect((await call('GET', `${resource}/${id}`)).body).toEqual(body);
      expect((await call('GET', 'catalog')).body.revision).toBe(revision + 1);

      const same = await call('PUT', `${resource}/${id}/hold`, { reason: 'CRM upgrade', until });
      expect(same.body.version).toBe(2);
      const longer = await call('PUT', `${resource}/${id}/hold`, { reason: 'takes longer' });
      expect(longer.body.hold).toMatchObject({ reason: 'takes longer', until: null, since: body.hold.since });

      expect((await call('DELETE', `${resource}/${id}/hold`, undefined, { 'if-match': '"1"' })).status).toBe(412);
      expect((await call('DELETE', `${resource}/${id}/hold`)).status).toBe(204);
      expect((await call('GET', `${resource}/${id}`)).body).toMatchObject({ hold: null, version: 4 });
      expect((await call('DELETE', `${resource}/${id}/hold`)).status).toBe(204);
      expect((await call('GET', 'catalog')).body.revision).toBe(revision + 3);
      expect(itemsOf(await call('GET', `audit?subject=${id}`)).map(({ action }) => action)).toEqual([
        `${one}.release`,
        `${one}.hold`,
        `${one}.hold`,
        `${one}.create`,
      ]);
    });

    it.each([
      [{}, ['reason']],
      [{ reason: ' ' }, ['reason']],
      [{ reason: 'x'.repeat(501) }, ['reason']],
      [{ reason: 'x', until: 'tomorrow' }, ['until']],
      [{ reason: 'x', until: 7 }, ['until']],
      [{ reason: 'x', until: '2020-01-01T00:00:00Z' }, ['until']],
      [{ reason: 'x', forever: true }, ['forever']],
    ])('given %j name the fields %j', async (body, fields) => {
      const answer = await call('PUT', `${resource}/${await make()}/hold`, body);
      expect([answer.status, errorFields(answer)]).toEqual([400, fields]);
    });

    it('are for operators, and of what there is', async () => {
      const id = await make();
      const { key } = await makeKey(registry, 'operator', crypto.randomUUID());
      const viewer = await makeKey(registry, 'viewer', crypto.randomUUID());
      const hold = (by: string, held: string): Promise<Answer> =>
        registry.call('PUT', `/api/v1/${resource}/${held}/hold`, { key: by, body: { reason: 'upgrade' } });
      expect((await hold(key, id)).status).toBe(200);
      expect((await hold(viewer.key, id)).status).toBe(403);
      expect((await hold(key, crypto.randomUUID())).status).toBe(404);
    });

    it('are over at their time, without a change', async () => {
      const id = await make();
      const hold = { reason: 'x', until: ahead(-1), since: ahead(-hour), by: 'ann' };
      await registry.database.query(`update ${resource} set hold = $1 where id = $2`, [hold, id]);
      expect((await call('GET', `${resource}/${id}`)).body.hold).toBeNull();
      expect(itemsOf(await call('GET', 'holds'))).toEqual([]);
    });

    it('survive a change of what is held', async () => {
      const id = await make();
      const { body } = await call('PUT', `${resource}/${id}/hold`, { reason: 'upgrade' });
      const changed = await call('PATCH', `${resource}/${id}`, { name: 'renamed' });
      expect(changed.body).toMatchObject({ name: 'renamed', hold: body.hold });
    });
  });

  it('of an archived handler are refused', async () => {
    const id = await handler({ status: 'archived' });
    expect((await call('PUT', `handlers/${id}/hold`, { reason: 'x' })).status).toBe(409);
  });

  it('are listed: what is held first, then what comes, each with what waits', async () => {
    const crm = await target({ windows: [windowIn(3 * day)] });
    const held = await handler({ name: 'held' });
    const calling = await handler({ name: 'calling', task: { type: 'http', target: crm } });
    await handler({ name: 'later', windows: [windowIn(day)] });
    await handler({ name: 'now', windows: [windowIn(-1 * hour)] });
    await handler({ name: 'free' });
    await call('PUT', `handlers/${held}/hold`, { reason: 'fix' });
    await call('PUT', `targets/${crm}/hold`, { reason: 'upgrade', until: ahead(hour) });
    for (const [key, handlerId, events] of [
      ['a', held, 2],
      ['b', calling, 1],
      ['c', calling, 3],
    ] as const) {
      await registry.database.query(
        `insert into deferral_keys (key, due_at, handler_id, reason, detached) values ($1, now(), $2, 'held', false)`,
        [key, handlerId],
      );
      for (let n = 0; n < events; n++) {
        await registry.database.query(
          `insert into deferrals (key, journal_id, event_id, event_type, object_id, partition_key, received_at, body)
           values ($1, $2::uuid, $2::text, 'clients.create', '1', $1, now(), '')`,
          [key, uuidv7()],
        );
      }
    }
    const items = itemsOf<{ subject: object; state: string; from: string }>(await call('GET', 'holds'));
    expect(items).toMatchObject([
      { subject: { type: 'handler', name: 'now' }, state: 'held', reason: null, by: null, window: { timeZone: 'UTC' } },
      {
        subject: { type: 'handler', id: held, name: 'held' },
        state: 'held',
        until: null,
        reason: 'fix',
        by: 'bootstrap',
        window: null,
        waiting: { keys: 1, events: 2 },
      },
      {
        subject: { type: 'target', id: crm, name: 'CRM' },
        state: 'held',
        until: ahead(hour),
        reason: 'upgrade',
        waiting: { keys: 2, events: 4 },
      },
      { subject: { name: 'later' }, state: 'coming', reason: null, waiting: { keys: 0, events: 0 } },
      { subject: { name: 'CRM' }, state: 'coming' },
      { subject: { name: 'now' }, state: 'coming' },
    ]);
    const overview = await call('GET', 'overview');
    expect(overview.body.holds).toHaveLength(6);
  });

  describe('forecast', () => {
    const forecast = (body: object): Promise<Answer> => call('POST', 'holds/forecast', body);

    /** A call of a handler some time ago. */
    async function called(handlerId: string, msAgo: number, key: string, fields: object = {}): Promise<void> {
      const id = uuidv7({ msecs: now - msAgo });
      const eventId = `e-${id}`;
      const receivedAt = new Date(now - msAgo);
      await insertEvents(registry.database, event(0, { id, eventId, receivedAt, partitionKey: key }));
      const row = attempt(0, eventId, handlerId, { id: uuidv7({ msecs: now - msAgo + 50 }), startedAt: receivedAt });
      await insertAttempts(registry.database, { ...row, ...fields });
    }

    it('counts the events and keys of the same hours of past weeks', async () => {
      const crm = await target();
      const id = await handler({ task: { type: 'http', target: crm } });
      const other = await handler({ name: 'other' });
      await called(other, 40 * day, 'z');
      for (const key of ['a', 'a', 'b']) await called(id, 7 * day - hour, key);
      await called(id, 7 * day - hour, 'd', { test: true });
      await called(id, 7 * day - 3 * hour, 'c');
      await called(other, 7 * day - hour, 'c');
      await called(id, 14 * day - hour, 'a');
      const period = { from: ahead(0), to: ahead(2 * hour) };
      const expected = { events: 1, keys: 1, weeks: 4 };
      const { status, body } = await forecast({ handlerIds: [id], ...period });
      expect([status, body]).toMatchObject([200, expected]);
      expect((body.pastWeeks as { events: number; keys: number }[]).map(({ events, keys }) => [events, keys])).toEqual([
        [3, 2],
        [1, 1],
        [0, 0],
        [0, 0],
      ]);
      expect((await forecast({ targetIds: [crm.toUpperCase()], ...period })).body).toEqual(body);
      expect((await forecast({ handlerIds: [other], ...period })).body).toMatchObject({ events: 0, keys: 0 });
    });

    it('estimates what weeks with very many events had, from a sample', async () => {
      const id = await handler();
      const periodMs = 6 * day;
      const count = 9_000;
      await called(id, 7 * day, 'first');
      // Evenly over the period; each key has about six of them.
      for (let begun = 0; begun < count; begun += 3_000) {
        const ids = Array.from({ length: 3_000 }, (_, n) => {
          const msecs = Math.floor(now - 7 * day + ((begun + n + 1) * periodMs) / (count + 1));
          return uuidv7({ msecs });
        });
        await registry.database.query(
          `with made as (select id, $2 + n as n from unnest($1::uuid[]) with ordinality as row (id, n)),
             one as (select * from events where partition_key = 'first'),
             call as (select * from attempts where event_id = (select event_id from one)),
             added as (
               insert into events select row.* from made cross join one cross join lateral jsonb_populate_record(null::events,
                 to_jsonb(one) || jsonb_build_object('id', made.id, 'event_id', 'many-' || n, 'partition_key', 'key-' || abs(hashint4(n::integer)) % 1500)) as row
             )
           insert into attempts select row.* from made cross join call cross join lateral jsonb_populate_record(null::attempts,
             to_jsonb(call) || jsonb_build_object('id', made.id, 'event_id', 'many-' || n)) as row`,
          [ids, begun],
        );
      }
      const { body } = await forecast({ handlerIds: [id], from: ahead(0), to: ahead(periodMs) });
      expect(body.weeks).toBe(1);
      expect(Math.abs((body.events as number) / count - 1)).toBeLessThan(0.1);
      expect(Math.abs((body.keys as number) / 1_500 - 1)).toBeLessThan(0.15);
    });

    it('looks at the weeks that the journal has', async () => {
      const id = await handler();
      const period = { from: ahead(day), to: ahead(day + hour) };
      expect((await forecast({ handlerIds: [id], ...period })).body).toEqual({
        events: 0,
        keys: 0,
        weeks: 0,
        pastWeeks: [],
      });
      await called(id, 8 * day, 'a');
      await called(id, 6 * day - 60_000, 'a');
      expect((await forecast({ handlerIds: [id], ...period })).body).toMatchObject({ events: 1, keys: 1, weeks: 1 });
    });

    it.each([
      [{}, ['from', 'handlerIds', 'to']],
      [{ handlerIds: [], from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' }, ['handlerIds']],
      [{ handlerIds: ['x'], from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' }, ['handlerIds']],
      [{ targetIds: 'x', from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' }, ['targetIds']],
      [
        { targetIds: [uuidv7()], handlerIds: [uuidv7()], from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' },
        ['targetIds'],
      ],
      [{ handlerIds: [uuidv7()], from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' }, ['handlerIds.0']],
      [{ targetIds: [uuidv7()], from: '2026-03-01T00:00:00Z', to: '2026-03-01T01:00:00Z' }, ['targetIds.0']],
      [{ handlerIds: [uuidv7()], from: '2026-03-01T01:00:00Z', to: '2026-03-01T01:00:00Z' }, ['to']],
      [{ handlerIds: [uuidv7()], from: '2026-03-01T00:00:00Z', to: '2026-03-08T00:00:01Z' }, ['to']],
    ])('of %j names the fields %j', async (body, fields) => {
      const answer = await forecast(body);
      expect([answer.status, errorFields(answer)]).toEqual([400, fields]);
    });
  });
});
