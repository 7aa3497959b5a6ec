import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { executionId } from '#contracts';
import { readSearchField, valueHash } from '#search';
import {
  attempt,
  event,
  failure,
  idAt,
  insertAttempts,
  insertEvents,
  insertFailures,
  start,
} from '../../testing/journal-rows.ts';
import { errorFields, itemsOf, startRegistry, type Answer, type TestRegistry } from '../../testing/registry.ts';

const period = 'from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z';
const searchFields = ['phone', 'account.login', 'note'].map((name) => readSearchField(name)!);
const failed = { outcome: 'permanent', reason: 'http_status', status: 'failed' } as const;
const http = (body: string): string => JSON.stringify({ http: { status: 500, headers: {}, body, truncated: false } });

describe('a search of the journal', () => {
  let registry: TestRegistry;
  let handlerId: string;
  beforeAll(async () => {
    registry = await startRegistry({ searchFields });
    const created = await registry.call('POST', '/api/v1/handlers', {
      body: { name: 'one', event: 'clients.create', task: { type: 'http', url: 'host' } },
    });
    handlerId = created.body.id as string;
    const three = event(3, { eventId: 'three', objectId: '"x"', partitionKey: '77', status: 'failed' });
    const five = event(5, { eventId: 'five', type: 'clients.update', status: 'failed' });
    await insertEvents(
      registry.database,
      event(1, { eventId: 'one', objectId: '"77"', partitionKey: 'key 1' }),
      event(2, { eventId: 'two', objectId: '77', partitionKey: 'one' }),
      three,
      event(4, { eventId: 'three', objectId: '"x"', partitionKey: '77', status: 'duplicate' }),
      five,
    );
    await insertFailures(
      registry.database,
      failure(3, three, handlerId, { objectId: '"x"' }),
      failure(5, five, handlerId, { reason: 'timeout' }),
    );
    await insertAttempts(
      registry.database,
      attempt(1, 'one', handlerId, {
        ...failed,
        objectId: '"77"',
        outcome: 'retryable',
        status: 'waiting',
        message: 'The Switch says: Überlauf',
        response: '{}',
      }),
      attempt(2, 'one', handlerId, { objectId: '"77"', number: 2, response: http('succeeded with Überlauf 2') }),
      attempt(3, 'three', handlerId, {
        ...failed,
        objectId: '"x"',
        message: 'HTTP 500',
        response: http('{"error":"no \\"such\\" user"}'),
      }),
      attempt(4, 'two', handlerId, {
        objectId: '77',
        status: 'skipped',
        outcome: 'permanent',
        message: 'its condition, Überlauf',
      }),
      attempt(5, 'five', handlerId, { ...failed, message: 'überlauf again', eventType: 'clients.update' }),
    );
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  const get = (path: string): Promise<Answer> => registry.call('GET', `/api/v1/${path}`);
  const search = (path: string, q: string, rest = period): Promise<Answer> =>
    get(`${path}?q=${encodeURIComponent(q)}&${rest}`);
  const found = async (path: string, q: string, rest?: string): Promise<unknown[]> =>
    itemsOf(await search(path, q, rest)).map((item) => item['eventId'] ?? item['id']);

  it.each([
    ['an event id, exactly', 'three', ['three', 'three']],
    ['an event id or a key', 'one', ['two', 'one']],
    ['an object id in both spellings, or a key', '77', ['three', 'three', 'two', 'one']],
    ['a key with a space', 'key 1', ['one']],
    ['no part of an id', 'thre', []],
    ['no other case of an id', 'Three', []],
    ['the message of an attempt that did not succeed', 'ÜBERLAUF', ['five', 'one']],
    ['white space around a text left out', '  the switch SAYS ', ['one']],
    ['the answer of an attempt that did not succeed', '"error":"no \\"such', ['three']],
    ['no answer of an attempt that succeeded', 'succeeded with', []],
    ['no reason why there was no attempt', 'its condition', []],
    ['no pattern', 'no%user', []],
  ])('GET /events finds %s', async (_, q, ids) => expect(await found('events', q)).toEqual(ids));

  it.each([
    ['an event id', 'three', ['three']],
    ['an event id or a key', 'one', ['two', 'one']],
    ['an object id in both spellings, or a key', '77', ['two', 'three', 'one']],
    ['a text, in whichever attempt of the execution', 'the switch', ['one']],
    ['a text', 'überlauf', ['five', 'one']],
    ['no part of an id', 'thre', []],
  ])('GET /executions finds %s', async (_, q, ids) => {
    const items = await found('executions', q);
    expect([...items].sort()).toEqual([...ids].sort());
  });

  it('GET /executions finds an execution by its id', async () => {
    const id = executionId('three', start, handlerId);
    expect(itemsOf(await search('executions', id.toUpperCase()))).toMatchObject([{ id, eventId: 'three' }]);
    expect(await found('events', id)).toEqual([]);
  });

  it.each([
    ['an event id', 'three', ['three']],
    ['a key', '77', ['three']],
    ['an object id', 'x', ['three']],
    ['an object id in both spellings', '12', ['five']],
    ['an execution id', executionId('three', start, '00000000-0000-7000-8000-000000000000'), []],
    ['a text', 'überlauf', ['five']],
    ['an answer', 'SUCH\\" user', ['three']],
    ['no part of an id', 'thre', []],
  ])('GET /failures and its groups find %s', async (_, q, ids) => {
    expect(await found('failures', q)).toEqual(ids);
    expect(itemsOf(await search('failures/groups', q))).toHaveLength(ids.length);
  });

  it('GET /failures finds a failure by its execution, and narrows with the other filters', async () => {
    const [item] = itemsOf(await get('failures?reason=timeout'));
    expect(await found('failures', String(item!['executionId']))).toEqual(['five']);
    expect(await found('failures', 'überlauf', `reason=http_status&${period}`)).toEqual([]);
    expect(await found('failures', 'überlauf', `reason=timeout&${period}`)).toEqual(['five']);
  });

  it('an id and a key are found at any time, and a text within the last day unless a period is given', async () => {
    expect(await found('events', 'three', '')).toEqual(['three', 'three']);
    expect(await found('executions', 'three', '')).toEqual(['three']);
    expect(await found('events', 'überlauf', '')).toEqual([]);
    expect(await found('executions', 'überlauf', '')).toEqual([]);
    expect(await found('events', 'überlauf', 'to=2026-03-01T12:00:00Z')).toEqual(['five', 'one']);
    expect(await found('events', 'überlauf', 'from=2026-03-01T09:03:00Z')).toEqual(['five']);
    expect(await found('executions', 'überlauf', 'from=2026-03-01T09:03:00Z')).toEqual(['five']);
  });

  it('an id that is a UUID is not looked for in texts, and another UUID is', async () => {
    const [known, quoted] = ['0199aaaa-0000-7000-8000-000000000001', '0199aaaa-0000-7000-8000-000000000002'];
    await insertEvents(
      registry.database,
      event(8, { eventId: known }),
      event(9, { eventId: 'nine', status: 'failed' }),
    );
    const says = { ...failed, message: `after ${known} and ${quoted}` };
    await insertAttempts(registry.database, attempt(8, known, handlerId, {}), attempt(9, 'nine', handlerId, says));
    expect(await found('events', known)).toEqual([known]);
    expect(await found('executions', known)).toEqual([known]);
    expect(await found('events', quoted)).toEqual(['nine']);
    expect(await found('executions', quoted)).toEqual(['nine']);
  });

  it('combines with other filters', async () => {
    expect(await found('events', 'überlauf', `type=clients.update&${period}`)).toEqual(['five']);
    expect(await found('events', 'überlauf', `status=succeeded&${period}`)).toEqual(['one']);
    expect(await found('executions', 'überlauf', `status=failed&${period}`)).toEqual(['five']);
    expect(await found('executions', '77', `status=skipped&${period}`)).toEqual(['two']);
  });

  it.each(['events', 'executions'])('goes from page to page: %s', async (path) => {
    const all = await found(path, '77');
    const pages: unknown[] = [];
    let cursor = '';
    do {
      const page = await search(path, '77', `limit=1&${period}${cursor}`);
      pages.push(...itemsOf(page).map((item) => item['eventId'] ?? item['id']));
      cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor as string}`;
    } while (cursor !== '');
    expect(pages).toEqual(all);
    expect(all.length).toBeGreaterThan(2);
  });

  it.each([
    ['events?q=%20', 'q'],
    ['executions?q=a%0Ab', 'q'],
    [`events?q=${'x'.repeat(256)}`, 'q'],
    ['events?lookup=phone', 'lookup'],
    ['events?lookup=phone:', 'lookup'],
    ['events?lookup=name:x', 'lookup'],
    ['executions?lookup=phone:1', 'lookup'],
  ])('GET /%s is refused', async (path, field) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(errorFields(answer)).toEqual([field]);
  });

  it('an unknown field is refused with the names of those that are indexed', async () => {
    const { body } = await get('events?lookup=name:x');
    expect(body.errors).toEqual([
      { field: 'lookup', message: 'must name an indexed field: phone, account.login, note' },
    ]);
    expect((await get('catalog')).body.searchFields).toEqual(['phone', 'account.login', 'note']);
  });

  describe('by a value', () => {
    const bodyOf = (data: string): string => `{"event":{"id":"e"},"data":${data}}`;
    const ids = async (lookup: string, rest = ''): Promise<unknown[]> =>
      itemsOf(await get(`events?lookup=${encodeURIComponent(lookup)}${rest}`)).map(({ id }) => id);

    /** Writes an event and what an executor indexes of it. */
    async function add(minutes: number, eventId: string, data: string, ...values: [string, string][]): Promise<void> {
      const row = event(minutes, { eventId, body: bodyOf(data) });
      await insertEvents(registry.database, row);
      for (const [field, value] of values) {
        const hash = valueHash({ field, value });
        await registry.database.query('insert into event_values values ($1, $2)', [String(hash), row.id]);
      }
    }

    beforeAll(async () => {
      await add(11, 'v1', '{"phone":"+491","account":{"login":"Anna"}}', ['phone', '+491'], ['account.login', 'Anna']);
      await add(12, 'v2', '{"phone":["+492","+491"]}', ['phone', '+491'], ['phone', '+492']);
      await add(13, 'v3', '{"phone":12345678901234567890}', ['phone', '12345678901234567890']);
      // A body that is not read with those of others.
      await add(14, 'v4', `{"phone":"+491","long":"${'x'.repeat(70_000)}"}`, ['phone', '+491']);
      // Two values with one hash.
      await add(15, 'v5', '{"phone":"another"}', ['phone', '+491']);
      await add(16, 'v6', '{"note":"{\\"password\\":\\"hunter2\\"}"}', ['note', '{"password":"hunter2"}']);
    });

    it('finds the events that have it, exactly, the newest first', async () => {
      expect(await ids('phone:+491')).toEqual(['v4', 'v2', 'v1']);
      expect(await ids('data.account.login:Anna')).toEqual(['v1']);
      expect(await ids('account.login:anna')).toEqual([]);
      expect(await ids('phone:12345678901234567890')).toEqual(['v3']);
      expect(await ids('phone:12345678901234567000')).toEqual([]);
      expect(await ids('phone:+49')).toEqual([]);
    });

    it('finds a number that begins with a + also where the URL does not encode it', async () => {
      expect(itemsOf(await get('events?lookup=phone:+492'))).toMatchObject([{ id: 'v2' }]);
    });

    it('combines with other filters, and goes from page to page past events that only share the hash', async () => {
      expect(await ids('phone:+491', '&from=2026-03-01T09:12:00Z')).toEqual(['v4', 'v2']);
      expect(await ids('phone:+491', '&to=2026-03-01T09:12:00Z')).toEqual(['v1']);
      expect(await ids('phone:+491', '&type=clients.update')).toEqual([]);
      expect(await ids('phone:+491', '&q=v2')).toEqual(['v2']);
      const pages: unknown[] = [];
      let cursor = '';
      do {
        const page = await get(`events?lookup=phone:%2B491&limit=1${cursor}`);
        pages.push(...itemsOf(page).map(({ id }) => id));
        cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor as string}`;
      } while (cursor !== '');
      expect(pages).toEqual(['v4', 'v2', 'v1']);
    });

    it('is also done by a text, in each field', async () => {
      await insertAttempts(
        registry.database,
        attempt(11, 'v1', handlerId, { objectId: '1' }),
        attempt(12, 'v2', handlerId, { objectId: '2' }),
      );
      expect(await found('events', '+491', '')).toEqual(['v4', 'v2', 'v1']);
      expect(await found('events', 'Anna', '')).toEqual(['v1']);
      expect(await found('executions', '+491', '')).toEqual(['v2', 'v1']);
      expect(await found('executions', 'Anna', '')).toEqual(['v1']);
      for (const path of ['events', 'executions']) expect(await found(path, '{"password":"hunter2"}', '')).toEqual([]);
    });

    it('does not find what redaction hides, even where it was indexed', async () => {
      expect(await ids('note:{"password":"hunter2"}')).toEqual([]);
      expect(await ids('note:{"password":"***"}')).toEqual([]);
    });
  });

  it('says without fields what to set', async () => {
    await using plain = await startRegistry();
    const { status, body } = await plain.call('GET', '/api/v1/events?lookup=phone:1');
    expect(status).toBe(400);
    expect(body.detail).toContain('SEARCH_FIELDS');
  });
});

describe('a redacted value', () => {
  const hidden = 'hunter2';
  const texts = [
    `no such user, password=${hidden}`,
    `{"user":"u","password":"${hidden}"}`,
    `{"payload":"{\\"token\\":\\"${hidden}\\"}"}`,
    `password: ${hidden}`,
  ];

  it('is not found by a text, and leaves no page and no cursor', async () => {
    await using registry = await startRegistry();
    const handlerId = idAt(0);
    for (const [index, text] of texts.entries()) {
      const eventId = `e-${index}`;
      const row = event(index, { eventId, status: 'failed', failed: true, body: '{"data":{}}' });
      await insertEvents(registry.database, row);
      await insertFailures(registry.database, failure(index, row, handlerId, { message: text }));
      await insertAttempts(
        registry.database,
        attempt(index, eventId, handlerId, { ...failed, message: text, response: http(text) }),
      );
    }
    for (const path of ['events', 'executions', 'failures']) {
      for (const q of [hidden, 'hunter', 'r2', `=${hidden}`, `"${hidden}`, `password=${hidden}`]) {
        for (const limit of [1, 50]) {
          const answer = await registry.call(
            'GET',
            `/api/v1/${path}?${period}&limit=${limit}&q=${encodeURIComponent(q)}`,
          );
          expect([q, answer.status, answer.body]).toEqual([q, 200, { items: [], nextCursor: null }]);
        }
      }
      const shown = await registry.call('GET', `/api/v1/${path}?${period}&q=such%20user`);
      expect(itemsOf(shown)).toHaveLength(1);
    }
  });
});
