import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testHandlerPattern, type TestedAttempt, type TestHandlerCommand } from '#contracts';
import {
  at,
  attempt,
  event,
  idAt,
  insertAttempts,
  insertEvents,
  insertRejections,
  rejection,
} from '../testing/journal-rows.ts';
import { startRegistry, testKey, type TestRegistry } from '../testing/registry.ts';
import { standIn, type StandIn } from '../../../../test/support/stand-in.ts';

/** Planted in every value of a redacted field, and nowhere else. */
const planted = 'hunter2';
const data = {
  id: 12,
  name: 'Acme',
  auth_password: `${planted} "quoted"`,
  account: { sipPassword: [planted], pin: { now: planted, before: null }, token: null },
  settings: JSON.stringify({ host: 'pbx', api_key: planted }),
};
const body = JSON.stringify({ event: { id: 'e-1' }, data, previous: { password: planted } });
const headers = { 'content-type': 'application/json', 'set-cookie': planted, 'x-auth-token': planted };
const http = { status: 200, headers, body: JSON.stringify({ json: data, data: body }), truncated: false };
const script = {
  exitCode: 1,
  signal: null,
  stdout: `{"user":"u","password":"${planted}"}\npassword: ${planted}\ndone\n`,
  stderr: `Traceback: {'password': '${planted}', 'id': 12}\n`,
  truncated: false,
};
const failure = { outcome: 'permanent', reason: 'script_error', message: `no such user, password=${planted}` } as const;

/** Messages that were rejected: the text, and how it is shown. */
const rejected = [
  [`{"data":{"password":"${planted}","id":12},}`, '{"data":{"password":"***","id":12},}'],
  [`{"data":{"id":12,"password":"${planted}`, '{"data":{"id":12,"password":"***"'],
  [`password=${planted}&id=12`, 'password=***&id=12'],
] as const;
const cut = `{"filler":"${'é'.repeat(32_768 - 20)}", "password":"${planted.repeat(20)}", "id":12}`;
const latin1 = Buffer.from(`{"name":"Jos\xe9","password":"${planted}\xe9"}`, 'latin1');

describe('values of redacted fields', () => {
  let registry: TestRegistry;
  let executor: StandIn;
  let handlerId: string;
  const answers: string[] = [];
  beforeAll(async () => {
    registry = await startRegistry();
    executor = await standIn(registry.sandbox.amqpUrl, { [testHandlerPattern]: attemptAt });
    const task = { type: 'http', url: 'host' };
    const created = await registry.call('POST', '/api/v1/handlers', {
      body: { name: 'one', event: 'clients.create', task },
    });
    handlerId = created.body.id as string;
    await insertEvents(registry.database, event(1, { body }));
    await insertAttempts(
      registry.database,
      attempt(2, 'e-1', handlerId, { ...failure, status: 'waiting', response: JSON.stringify({ script }) }),
      attempt(3, 'e-1', handlerId, { number: 2, response: JSON.stringify({ http }) }),
      attempt(4, 'e-2', handlerId, { ...failure, status: 'failed', response: '{}' }),
    );
    const messages = [...rejected.map(([text]) => Buffer.from(text)), Buffer.from(cut), latin1];
    await insertRejections(
      registry.database,
      ...messages.map((bytes, index) =>
        rejection(index, bytes, {
          message: `body must be JSON: "password":"${planted}"`,
          properties: JSON.stringify({ headers: { authorization: planted, 'partition-key': '12' } }),
        }),
      ),
    );
  });
  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await registry[Symbol.asyncDispose]();
  });

  function attemptAt(command: TestHandlerCommand): TestedAttempt {
    return {
      id: idAt(5),
      executionId: idAt(5),
      eventId: 'e-5',
      number: 1,
      ...failure,
      reached: 'yes',
      // As an echo service answers.
      response: { http: { ...http, body: command.body }, script },
      kept: null,
      startedAt: at(5).toISOString(),
      durationMs: 1,
      revision: 1,
      executorId: idAt(0),
    };
  }

  async function call<T>(method: string, path: string, content?: unknown): Promise<T> {
    const answer = await registry.call(method, `/api/v1/${path}`, { body: content });
    answers.push(JSON.stringify(answer.body));
    return answer.body as T;
  }

  it('are hidden whole in what GET /events/:id shows of the event, and null and all else are shown', async () => {
    const shown = {
      ...data,
      auth_password: '***',
      account: { sipPassword: '***', pin: '***', token: null },
      settings: '{"host":"pbx","api_key":"***"}',
    };
    expect(await call('GET', 'events/e-1')).toMatchObject({
      data: shown,
      previous: { password: '***' },
      body: { event: { id: 'e-1' }, data: shown },
      executions: [
        {
          attempts: [
            {
              message: 'no such user, password=***',
              response: {
                script: {
                  exitCode: 1,
                  stdout: '{"user":"u","password":"***"}\npassword: ***\ndone\n',
                  stderr: "Traceback: {'password': '***', 'id': 12}\n",
                },
              },
            },
            {
              response: {
                http: { headers: { 'content-type': 'application/json', 'set-cookie': '***', 'x-auth-token': '***' } },
              },
            },
          ],
        },
      ],
    });
  });

  it('are hidden in the execution log, whatever its line begins with', async () => {
    const page = await call<{ items: { response: string }[] }>('GET', 'executions');
    expect(page.items.map(({ response }) => response)).toEqual([
      'no such user, password=***',
      expect.stringMatching(/^200 \{"json":\{"id":12,"name":"Acme","auth_password":"\*\*\*"/),
    ]);
  });

  it('are hidden in rejected messages that are broken, cut off, or in another encoding, and in their downloads', async () => {
    const page = await call<{ items: { id: string; bodyText: string | null; body: string }[] }>('GET', 'rejected');
    const items = [...page.items].reverse();
    expect(items.slice(0, 3).map(({ bodyText }) => bodyText)).toEqual(rejected.map(([, shown]) => shown));
    expect(items[3]!.bodyText).toMatch(/é", "password":"\*\*\*"$/);
    for (const { id, bodyText, body: base64 } of items) {
      const shown = Buffer.from(base64, 'base64').toString(bodyText === null ? 'latin1' : 'utf8');
      if (bodyText !== null) expect(shown).toBe(bodyText);
      const download = await fetch(`${registry.url}/api/v1/rejected/${id}/body`, {
        headers: { authorization: `Bearer ${testKey}` },
      });
      answers.push(shown, Buffer.from(await download.arrayBuffer()).toString('latin1'));
    }
    expect(answers.at(-1)).toBe('{"name":"Jos\xe9","password":"***"}');
    expect(items[0]).toMatchObject({ properties: { headers: { authorization: '***', 'partition-key': '12' } } });
  });

  it('are hidden in the answer of a test, while the handler gets them', async () => {
    const head = { id: 'e-5', dt: '2026-03-01T09:15:00Z', events_id: 'clients.create', object_id: 12 };
    const answer = await call('POST', `handlers/${handlerId}/test`, { event: { event: head, data } });
    expect(answer).toMatchObject({ response: { http: { headers: { 'set-cookie': '***' } } } });
    expect((await executor.next()).data).toMatchObject({ body: expect.stringContaining(planted) });
  });

  it('are not repeated by what refuses an event', async () => {
    for (const path of ['events', 'events/plan', `handlers/${handlerId}/test`]) {
      for (const text of [`{"data":{"password": ${planted}}}`, `{"data":{"password":"${planted}"},}`, planted]) {
        expect(await call('POST', path, text)).toMatchObject({ status: 400 });
      }
      expect(await call('POST', path, { event: { id: 12 }, data: { password: planted } })).toMatchObject({
        status: 400,
      });
    }
  });

  it('stand in no answer, and no audit, while the database has them for handlers and replays', async () => {
    for (const path of ['events', 'deferrals', 'replays', 'audit', 'handlers']) await call('GET', path);
    expect(answers.filter((answer) => answer.includes(planted))).toEqual([]);
    expect(await registry.database.query('select body from events')).toEqual([{ body }]);
  });

  it('are shown where the operator wants nothing hidden', async () => {
    await using open = await startRegistry({ redactedFields: [] });
    await insertEvents(open.database, event(1, { body }));
    expect((await open.call('GET', '/api/v1/events/e-1')).body).toMatchObject({
      data,
      previous: { password: planted },
    });
  });
});
