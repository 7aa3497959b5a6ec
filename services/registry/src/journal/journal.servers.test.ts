import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { executionId } from '#contracts';
import {
  at,
  attempt,
  event,
  executor,
  idAt,
  insertAttempts,
  insertEvents,
  insertRejections,
  rejection,
} from '../testing/journal-rows.ts';
import { errorFields, itemsOf, startRegistry, testKey, type Answer, type TestRegistry } from '../testing/registry.ts';

describe('the journal', () => {
  let registry: TestRegistry;
  const handlerIds: string[] = [];
  beforeAll(async () => {
    registry = await startRegistry();
    for (const name of ['one', 'two', 'three']) {
      const { body } = await registry.call('POST', '/api/v1/handlers', {
        body: { name, event: 'clients.create', task: { type: 'http', url: 'host' } },
      });
      handlerIds.push(body.id as string);
    }
    const [one, two, three] = handlerIds as [string, string, string];
    const retry = {
      outcome: 'retryable',
      reason: 'timeout',
      message: 'no answer',
      reached: 'maybe',
      response: '{}',
    } as const;
    await insertEvents(
      registry.database,
      event(1, { objectId: '"12"', status: 'waiting' }),
      event(2, { type: 'clients.update', objectId: '"x"', partitionKey: '7' }),
      event(3, { eventId: 'a/b é', status: 'failed', skipped: [three] }),
      event(4, { eventId: 'a/b é', status: 'duplicate' }),
    );
    await insertAttempts(
      registry.database,
      attempt(3, 'a/b é', one, { position: 1 }),
      attempt(4, 'a/b é', two, { position: 2, status: 'waiting', ...retry }),
      attempt(5, 'a/b é', two, { position: 2, number: 2, status: 'failed', ...retry, outcome: 'permanent' }),
      attempt(6, 'e-2', one, {
        eventType: 'clients.update',
        objectId: '"x"',
        taskType: 'script',
        response: JSON.stringify({
          script: { exitCode: 3, signal: null, stdout: ' ', stderr: 'no\nsuch client '.repeat(50), truncated: false },
        }),
      }),
    );
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  const get = (path: string): Promise<Answer> => registry.call('GET', `/api/v1/${path}`);
  const ids = async (path: string): Promise<unknown[]> => itemsOf(await get(path)).map(({ id }) => id);

  it.each([
    ['', ['a/b é', 'a/b é', 'e-2', 'e-1']],
    ['type=clients.update', ['e-2']],
    ['objectId=12', ['a/b é', 'a/b é', 'e-1']],
    ['objectId=x', ['e-2']],
    ['objectId=%2212%22', []],
    ['partitionKey=7', ['e-2']],
    ['status=duplicate', ['a/b é']],
    ['replayId=00000000-0000-7000-8000-000000000000', []],
    ['status=failed,waiting', ['a/b é', 'e-1']],
    ['from=2026-03-01T09:02:00Z&to=2026-03-01T10:03:00%2B01:00', ['e-2']],
    ['from=2026-03-01T09:03:00+00:00', ['a/b é', 'a/b é']],
    ['to=1970-01-01T00:00:00Z', []],
  ])('GET /events?%s', async (query, expected) => {
    expect(await ids(`events?${query}`)).toEqual(expected);
  });

  it('GET /events goes from page to page', async () => {
    const first = await get('events?limit=3');
    const second = await get(`events?limit=3&cursor=${first.body.nextCursor as string}`);
    expect([...itemsOf(first), ...itemsOf(second)].map(({ id }) => id)).toEqual(['a/b é', 'a/b é', 'e-2', 'e-1']);
    expect(second.body.nextCursor).toBeNull();
  });

  it.each([
    ['events?cursor=x', 'cursor'],
    ['events?limit=201', 'limit'],
    ['events?from=yesterday', 'from'],
    ['events?to=2026-13-01T00:00:00Z', 'to'],
    ['events?status=skipped', 'status'],
    ['events?objectId=%00', 'objectId'],
    ['events?replayId=7', 'replayId'],
    ['executions?handlerId=7', 'handlerId'],
    ['executions?type=smtp', 'type'],
    ['executions?status=duplicate', 'status'],
    ['executions?reached=perhaps', 'reached'],
    ['rejected?reason=boring', 'reason'],
    ['rejected?routingKey=%00', 'routingKey'],
    ['rejected?from=yesterday', 'from'],
    ['rejected/7', 'id'],
    ['rejected/7/body', 'id'],
    [`events/${'x'.repeat(256)}`, 'id'],
    ['events/%00', 'id'],
  ])('GET /%s is refused', async (path, field) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(errorFields(answer)).toEqual([field]);
  });

  it('GET /events/:id shows the event, its data, and its executions in the order of the plan', async () => {
    const [one, two, three] = handlerIds as [string, string, string];
    const { status, body } = await get(`events/${encodeURIComponent('a/b é')}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 'a/b é',
      status: 'failed',
      objectId: 12,
      data: { id: 12, zero: '\0' },
      previous: { id: 11 },
      body: { event: { id: 'a/b é' } },
      duplicates: 1,
      executions: [
        { handlerId: one, handlerName: 'one', position: 1, status: 'succeeded', attempts: [{ number: 1 }] },
        {
          handlerId: two,
          position: 2,
          status: 'failed',
          durationMs: 25,
          attempts: [
            { number: 1, outcome: 'retryable', reason: 'timeout', response: {} },
            { number: 2, outcome: 'permanent', reached: 'maybe' },
          ],
        },
        {
          id: executionId('a/b é', at(3).getTime(), three),
          handlerId: three,
          handlerName: 'three',
          position: 3,
          status: 'skipped',
          durationMs: null,
          attempts: [],
        },
      ],
    });
    expect((await get('events/unknown')).status).toBe(404);
  });

  it('GET /events/:id shows what the event says as it is written', async () => {
    const data = '{"long":9007199254740993,"one":1.0,"zero":-0,"big":1E400,"b":1,"2":2,"1":1,"same":1,"same":2}';
    const body = `{ "event":{"id":"digits"},\n "data" : ${data}, "previous":{"long":123456789012345678901234567890}}`;
    await insertEvents(registry.database, event(9, { eventId: 'digits', test: true, body }));
    const headers = { authorization: `Bearer ${testKey}` };
    const text = await (await fetch(`${registry.url}/api/v1/events/digits`, { headers })).text();
    expect(text).toContain(
      `"data":${data},"previous":{"long":123456789012345678901234567890},"body":${body},"duplicates"`,
    );
    await registry.database.query(`delete from events where event_id = 'digits'`);
  });

  it('GET /executions shows each execution once, as its latest attempt left it', async () => {
    const [one, two] = handlerIds as [string, string, string];
    const items = itemsOf(await get('executions'));
    expect(items).toMatchObject([
      {
        event: 'clients.update',
        type: 'script',
        objectId: 'x',
        response: expect.stringMatching(/^exit 3 no such client .*…$/),
      },
      { handlerId: two, handlerName: 'two', status: 'failed', attempts: 2, reason: 'timeout', reached: 'maybe' },
      { handlerId: one, eventId: 'a/b é', status: 'succeeded', attempts: 1, response: '200 fine', durationMs: 12.5 },
    ]);
    expect((items[0]!['response'] as string).length).toBe(200);
  });

  it.each([
    ['status=waiting', 0],
    ['status=failed', 1],
    ['status=skipped', 0],
    ['reached=maybe', 1],
    ['reached=yes', 2],
    ['reached=no', 0],
    ['type=http', 2],
    ['event=clients.create', 2],
    ['objectId=12', 2],
    ['from=2026-03-01T09:05:00Z', 2],
    ['to=2026-03-01T09:05:00Z', 1],
    ['limit=1', 1],
  ])('GET /executions?%s finds %i', async (query, count) => {
    expect(await ids(`executions?${query}`)).toHaveLength(count);
  });

  it('GET /executions?handlerId= finds those of one handler', async () => {
    expect(itemsOf(await get(`executions?handlerId=${handlerIds[1]!.toUpperCase()}`))).toHaveLength(1);
  });

  it('GET /rejected shows the beginning of each message, and gives the whole of one', async () => {
    const body = Buffer.concat([Buffer.from('é'.repeat(40_000)), Buffer.from([0])]);
    await insertRejections(
      registry.database,
      rejection(1, body, { properties: '{"headers":{"a":1}}' }),
      rejection(2, Buffer.from([0xff, 0x00]), { reason: 'not_utf8', routingKey: 'clients.delete' }),
    );
    const items = itemsOf(await get('rejected'));
    expect(items).toMatchObject([
      { reason: 'not_utf8', bodyText: null, body: '/wA=', truncated: false },
      {
        reason: 'not_json',
        bodyText: 'é'.repeat(32_768),
        truncated: true,
        size: 80_001,
        properties: { headers: { a: 1 } },
      },
    ]);
    expect(await ids('rejected?reason=not_json')).toEqual([idAt(1)].map(() => items[1]!['id']));
    const both = items.map(({ id }) => id);
    for (const [query, found] of [
      ['routingKey=clients.delete', both.slice(0, 1)],
      ['routingKey=clients.create&reason=not_utf8', []],
      ['from=2026-03-01T09:02:00Z', both.slice(0, 1)],
      ['to=2026-03-01T09:02:00Z', both.slice(1)],
      ['from=2026-03-01T09:01:00Z&to=2026-03-01T09:03:00Z', both],
    ] as const) {
      expect([query, (await ids(`rejected?${query}`)).length, ...(await ids(`rejected?${query}`))]).toEqual([
        query,
        found.length,
        ...found,
      ]);
    }
    expect((await get(`rejected/${String(both[0])}`)).body).toEqual(items[0]);
    expect((await get(`rejected/${executor}`)).status).toBe(404);
    const raw = await fetch(`${registry.url}/api/v1/rejected/${items[1]!['id'] as string}/body`, {
      headers: { authorization: `Bearer ${String(registry.settings.bootstrapApiKey)}` },
    });
    expect(Buffer.from(await raw.arrayBuffer()).equals(body)).toBe(true);
    expect(raw.headers.get('content-type')).toBe('application/octet-stream');
    expect(raw.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await get(`rejected/${executor}/body`)).status).toBe(404);
  });
});
