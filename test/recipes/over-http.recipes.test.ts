import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RecipeSet } from '#contracts';
import { RecordingTarget, type RecordedCall } from '../support/recording-target.ts';
import { Login } from './servers/login.ts';
import { Mailbox } from './servers/mailbox.ts';
import { Kitchen, type ShownEvent } from './support/kitchen.ts';

const hostile = ['"},"x":{"', '<b>&amp;]]>', 'a\nb\u0001', '${SLACK_TOKEN}', '{{ event.id }}', '😀 ünï', '\\'];

/** Recipes without a server of their own in Debian: the other side answers as its documentation says. */
describe('recipes over HTTP', () => {
  let kitchen: Kitchen;
  let target: RecordingTarget;
  let mailbox: Mailbox;

  beforeAll(async () => {
    mailbox = await Mailbox.start();
    kitchen = await Kitchen.open({ SMTP_URL: mailbox.url });
    target = await RecordingTarget.listen();
  }, 180_000);

  afterAll(async () => {
    await kitchen[Symbol.asyncDispose]();
    await target.close();
    await mailbox.close();
  });

  afterEach(async () => {
    await kitchen.installation.json('PUT', '/handlers/set', { handlers: [], targets: [], prune: true });
    await kitchen.installation.inForce();
    target.calls.length = 0;
  });

  const origin = (): string => new URL(target.url()).origin;
  const answer = (reply: (call: RecordedCall) => Reply): void => {
    target.reply = (call, response: ServerResponse) => {
      const [status, body, type = 'application/json'] = reply(call);
      response.writeHead(status, { 'content-type': type });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  };
  const soon = ({ handlers }: { handlers: Record<string, unknown>[] }): void => {
    for (const handler of handlers) handler['retry'] = { maxAttempts: 12, schedule: ['1s'] };
  };
  const settled = async (type: string, objectId: number | string, data: object = {}): Promise<ShownEvent> =>
    kitchen.settled(await kitchen.publish({ type, objectId, data, key: String(objectId) }));
  type Reply = [status: number, body: unknown, type?: string];
  /** The reasons of an event's attempts, which get these answers in turn; everything else gets the last one. */
  const reasonsOf = async (type: string, objectId: number, replies: Reply[]): Promise<(string | null)[]> => {
    const id = crypto.randomUUID();
    let count = 0;
    answer(({ headers }) => (headers['provisor-event-id'] === id ? replies[count++] : undefined) ?? replies.at(-1)!);
    const event = await kitchen.settled(await kitchen.publish({ id, type, objectId, key: String(objectId) }));
    return event.executions[0]!.attempts.map(({ reason }) => reason);
  };
  const lastReasons = ({ executions }: ShownEvent) =>
    executions.map(({ attempts }) => [attempts.at(-1)?.outcome, attempts.at(-1)?.reason]);
  /** Without the notices of what other tests have let fail: a chat's handlers send them too. */
  const calls = (): RecordedCall[] =>
    target.calls.filter(({ headers }) => !String(headers['provisor-event-type']).startsWith('provisor.'));
  const bodies = (): Record<string, unknown>[] =>
    calls().map(({ body }) => JSON.parse(body) as Record<string, unknown>);

  it('Slack: a message with the token, and refusals inside 200', async () => {
    await kitchen.follow('slack', { SLACK_TOKEN: 'xoxb-secret', SLACK_URL: `${origin()}/api` }, soon);
    answer(() => [200, { ok: true }]);
    await settled('clients.create', 12, { name: 'Acme "Telecom"' });
    const [call] = calls();
    expect(call).toMatchObject({ path: '/api/chat.postMessage', headers: { authorization: 'Bearer xoxb-secret' } });
    expect(bodies()[0]).toMatchObject({ channel: '#provisioning', text: 'New client 12: Acme "Telecom"' });
    answer(() => [200, { ok: false, error: 'not_in_channel' }]);
    expect(lastReasons(await settled('clients.create', 13))).toEqual([['permanent', 'slack_refused']]);
    let count = 0;
    // The message about the failure before may come in between.
    answer(({ body }) => [
      200,
      body.includes('New client 14') && ++count === 1 ? { ok: false, error: 'service_unavailable' } : { ok: true },
    ]);
    const event = await settled('clients.create', 14);
    expect(event.executions[0]!.attempts.map(({ reason }) => reason)).toEqual(['slack_unavailable', null]);
  });

  it.each(hostile)('Slack: every text arrives as it is: %j', async (name) => {
    await kitchen.follow('slack', { SLACK_TOKEN: 'xoxb-1', SLACK_URL: origin() }, soon);
    answer(() => [200, { ok: true }]);
    await settled('clients.create', 12, { name });
    expect(bodies()).toContainEqual(
      expect.objectContaining({ channel: '#provisioning', text: `New client 12: ${name}` }),
    );
  });

  it('Teams: a card, to an address with a signature', async () => {
    const path = '/workflows/1/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers&sig=a-b_c';
    await kitchen.follow('teams', { TEAMS_URL: origin(), TEAMS_PATH: path }, soon);
    answer(() => [202, '']);
    await settled('clients.create', 12, { name: 'Acme' });
    expect(calls()[0]!.path).toBe(path);
    expect(JSON.stringify(bodies()[0])).toContain('"text":"New client 12: Acme"');
    answer(() => [404, '']);
    expect(lastReasons(await settled('clients.create', 13))).toEqual([['permanent', 'teams_workflow']]);
    const failed = 'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429';
    expect(
      await reasonsOf('clients.create', 14, [
        [200, failed],
        [200, '<html>'],
        [429, ''],
        [202, ''],
      ]),
    ).toEqual(['teams_unavailable', 'not_teams', 'http_status', null]);
  });

  it('chat: a message in the field that the chat wants', async () => {
    await kitchen.follow('chat', { CHAT_URL: origin(), CHAT_PATH: '/hooks/x', CHAT_FIELD: 'content' }, soon);
    answer(() => [204, '']);
    await settled('clients.create', 12);
    expect(calls()[0]).toMatchObject({ path: '/hooks/x' });
    expect(bodies()).toEqual([{ content: 'New client 12' }]);
    for (const [reply, reason] of [
      [[200, 'no_service', 'text/plain'], 'chat_refused'],
      [[200, { success: false, error: 'invalid-channel' }], 'chat_refused'],
      [[400, 'invalid_payload', 'text/plain'], 'http_status'],
      [[410, 'channel_is_archived', 'text/plain'], 'no_such_webhook'],
    ] as const) {
      answer(() => [...reply]);
      expect(lastReasons(await settled('clients.create', 13))).toEqual([['permanent', reason]]);
    }
    const replies: Reply[] = [
      [200, '<html>'],
      [429, ''],
      [507, ''],
      [200, 'ok', 'text/plain'],
    ];
    expect(await reasonsOf('clients.create', 14, replies)).toEqual(['not_chat', 'http_status', 'http_status', null]);
    expect(await reasonsOf('clients.create', 15, [[200, { success: true }]])).toEqual([null]);
  });

  it('Zabbix: a host is created once, and deleted by the id that was found', async () => {
    const hosts = new Map<string, string>();
    answer((call) => {
      const { method, params } = JSON.parse(call.body) as { method: string; params: never };
      const fault = (data: string) => ({
        jsonrpc: '2.0',
        error: { code: -32602, message: 'Invalid params.', data },
        id: 1,
      });
      if (call.headers.authorization !== 'Bearer zabbix-token') return [200, fault('Not authorized.')];
      if (method === 'host.create') {
        const { host } = params as { host: string };
        if (hosts.has(host)) return [200, fault(`Host with the same name "${host}" already exists.`)];
        hosts.set(host, '10500');
        return [200, { jsonrpc: '2.0', result: { hostids: ['10500'] }, id: 1 }];
      }
      if (method === 'host.get') {
        const { filter } = params as { filter: { host: string[] } };
        const id = hosts.get(filter.host[0]!);
        return [200, { jsonrpc: '2.0', result: id === undefined ? [] : [{ hostid: id }], id: 1 }];
      }
      const [id] = params as [string];
      const name = [...hosts].find(([, one]) => one === id)?.[0];
      if (name === undefined) return [200, fault('No permissions to referred object or it does not exist!')];
      hosts.delete(name);
      return [200, { jsonrpc: '2.0', result: { hostids: [id] }, id: 1 }];
    });
    await kitchen.follow('zabbix', { ZABBIX_URL: origin(), ZABBIX_TOKEN: 'zabbix-token' }, soon);
    expect(lastReasons(await settled('clients.accounts.create', 301, { name: 'a"b' }))).toEqual([['success', null]]);
    expect([...hosts.keys()]).toEqual(['account-301']);
    expect(lastReasons(await settled('clients.accounts.create', 301))).toEqual([['success', 'already_exists']]);
    expect(lastReasons(await settled('clients.accounts.delete', 301))).toEqual([
      ['success', null],
      ['success', null],
    ]);
    expect([...hosts.keys()]).toEqual([]);
    expect(lastReasons(await settled('clients.accounts.delete', 301))).toEqual([
      ['success', null],
      ['success', 'already_gone'],
    ]);
    await kitchen.follow('zabbix', { ZABBIX_URL: origin(), ZABBIX_TOKEN: 'wrong' }, soon);
    const id = await kitchen.publish({ type: 'clients.accounts.create', objectId: 302 });
    await kitchen.waitingFor(id, 'zabbix_login');
    await kitchen.follow('zabbix', { ZABBIX_URL: origin(), ZABBIX_TOKEN: 'zabbix-token' }, soon);
    await kitchen.done(id);
    expect([...hosts.keys()]).toEqual(['account-302']);
    const refusal = (code: number, data: string): Reply => [200, { error: { code, message: 'x', data } }];
    expect(
      await reasonsOf('clients.accounts.create', 304, [
        refusal(-32500, 'SQL statement execution has failed "INSERT INTO hosts".'),
        refusal(-32602, 'API token expired.'),
        [507, ''],
        refusal(-32602, 'Host with the same visible name "account (304)" already exists.'),
      ]),
    ).toEqual(['zabbix_error', 'zabbix_login', 'http_status', 'zabbix_refused']);
    let count = 0;
    answer(() => (++count === 1 ? [200, '<html>upgrade</html>', 'text/html'] : [200, { result: { hostids: ['1'] } }]));
    const event = await settled('clients.accounts.create', 303);
    expect(event.executions[0]!.attempts.map(({ reason }) => reason)).toEqual(['not_json_rpc', null]);
  });

  it('CRM: one token for all calls, and customers by their id in billing', async () => {
    const customers = new Map<string, { name: string; status?: string }>();
    let token = 0;
    let accepted = '';
    answer((call) => {
      if (call.path === '/token') {
        accepted = `token-${++token}`;
        return [200, { access_token: accepted, token_type: 'Bearer', expires_in: 3600 }];
      }
      if (call.headers.authorization !== `Bearer ${accepted}`) return [401, {}];
      const body = JSON.parse(call.body) as { externalId: string; name: string; status?: string };
      if (call.method === 'POST') {
        if (customers.has(body.externalId)) return [409, { error: 'exists' }];
        if (body.name === '') return [422, { error: 'name is empty' }];
        customers.set(body.externalId, { name: body.name });
        return [201, { id: `C-${body.externalId}` }];
      }
      const id = decodeURIComponent(call.path.split('/').at(-1)!);
      const customer = customers.get(id);
      if (!customer) return [404, {}];
      customers.set(id, { ...customer, ...body });
      return [200, {}];
    });
    await kitchen.follow(
      'crm-oauth2',
      {
        CRM_URL: origin(),
        CRM_TOKEN_URL: `${origin()}/token`,
        CRM_CLIENT_ID: 'provisor',
        CRM_CLIENT_SECRET: 's&cret',
      },
      soon,
    );
    for (const id of [12, 13]) await settled('clients.create', id, { name: `Client ${id}` });
    expect(token).toBe(1);
    expect(lastReasons(await settled('clients.create', 12, { name: 'again' }))).toEqual([
      ['success', 'already_exists'],
    ]);
    expect(lastReasons(await settled('clients.update', 12, { name: 'Renamed' }))).toEqual([['success', null]]);
    expect(customers.get('12')).toMatchObject({ name: 'Renamed' });
    await settled('clients.archive', 12);
    expect(customers.get('12')).toMatchObject({ status: 'closed' });
    expect(lastReasons(await settled('clients.archive', 99))).toEqual([['success', 'already_gone']]);
    expect(lastReasons(await settled('clients.create', 14, { name: '' }))).toEqual([['permanent', 'crm_refused']]);
    expect(lastReasons(await settled('clients.update', 15, { name: 'x' }))).toEqual([
      ['permanent', 'no_such_customer'],
    ]);
    await settled('clients.create', 'a/b?c#d', { name: 'odd' });
    await settled('clients.update', 'a/b?c#d', { name: 'odd too' });
    expect(customers.get('a/b?c#d')).toMatchObject({ name: 'odd too' });
    expect(token).toBe(1);
  });

  it('CRM: a login with a private authority, the secret in the body, and tokens for a resource', async () => {
    // The server warns that it keeps keys and tokens in memory, which is what a test wants.
    const said = (['warn', 'info'] as const).map((level) => jest.spyOn(console, level).mockReturnValue(undefined));
    await using login = await Login.start();
    target.reply = async ({ headers }, response) => {
      response.writeHead((await login.accepts(headers.authorization)) ? 201 : 401).end('{"id": 7}');
    };
    const given = {
      CRM_URL: origin(),
      CRM_TOKEN_URL: login.tokenUrl,
      CRM_CLIENT_ID: login.clientId,
      CRM_CLIENT_SECRET: login.clientSecret,
    };
    const adapted = (set: RecipeSet): void => {
      soon(set);
      const [crm] = set.targets;
      Object.assign(crm!['auth'] as object, { style: 'body', resource: login.resource });
    };
    await kitchen.follow('crm-oauth2', given, adapted);
    const id = await kitchen.publish({ type: 'clients.create', objectId: 12, data: { name: 'Acme' } });
    await kitchen.waitingFor(id, 'a private authority has to be in tls.ca of the target');
    const trusting = (set: RecipeSet): void => {
      adapted(set);
      set.targets[0]!['tls'] = { ca: login.authority };
    };
    expect(calls()).toEqual([]);
    await kitchen.follow('crm-oauth2', given, trusting);
    expect((await kitchen.done(id)).executions[0]).toMatchObject({ kept: { customerId: 7 } });
    await login.revoke(String(calls()[0]!.headers.authorization));
    expect(lastReasons(await settled('clients.update', 12, { name: 'Renamed' }))).toEqual([['success', null]]);
    expect(login.granted).toBe(2);
    for (const spy of said) spy.mockRestore();
  });

  it('no message holds up provisioning', async () => {
    mailbox.recipientReply = '450 later';
    answer(({ path }) => (path === '/api_jsonrpc.php' ? [200, { result: { hostids: ['1'] } }] : [503, '']));
    await kitchen.follow('welcome-email', { MAIL_COMPANY: 'Example', MAIL_PORTAL: 'https://my.example.com' });
    await kitchen.follow('slack', { SLACK_TOKEN: 'xoxb-1', SLACK_URL: origin() });
    await kitchen.follow('teams', { TEAMS_URL: origin(), TEAMS_PATH: '/teams' });
    await kitchen.follow('chat', { CHAT_URL: origin(), CHAT_PATH: '/chat' });
    await kitchen.follow('zabbix', { ZABBIX_URL: origin(), ZABBIX_TOKEN: 'x' });
    const data = { name: 'Ann', email: 'ann@example.com' };
    const waits = await kitchen.publish({ type: 'clients.create', objectId: 12, data, key: '12' });
    const next = await kitchen.publish({ type: 'clients.accounts.create', objectId: 301, data: {}, key: '12' });
    await kitchen.done(next);
    const { executions } = await kitchen.waiting(waits);
    expect(executions.map(({ attempts }) => attempts.at(-1)?.outcome)).toEqual(
      Array.from(executions, () => 'retryable'),
    );
    expect(executions).toHaveLength(4);
    mailbox.recipientReply = '250 ok';
  });

  it('welcome e-mail: a message to the client, and none without an address', async () => {
    await kitchen.follow(
      'welcome-email',
      { MAIL_COMPANY: 'Example Telecom', MAIL_PORTAL: 'https://my.example.com' },
      soon,
    );
    await settled('clients.create', 12, { name: 'Ann', email: 'ann@example.com' });
    expect(mailbox.messages).toHaveLength(1);
    expect(mailbox.messages[0]).toMatchObject({ to: ['ann@example.com'] });
    expect(mailbox.messages[0]!.content).toMatch(/^Subject: Welcome to Example Telecom$/m);
    expect(mailbox.messages[0]!.content).toContain('Hello Ann,');
    for (const without of [{}, { email: '' }, { email: null }]) {
      const { executions } = await settled('clients.create', 13, { name: 'Without', ...without });
      expect(executions[0]).toMatchObject({ status: 'skipped' });
    }
    expect(mailbox.messages).toHaveLength(1);
    for (const [reply, reason] of [
      ['450 4.2.0 greylisted', 'smtp_temporary'],
      ['452 4.3.1 insufficient storage', 'smtp_temporary'],
      ['552 5.2.2 mailbox full', 'mailbox_full'],
    ] as const) {
      mailbox.recipientReply = reply;
      const id = await kitchen.publish({ type: 'clients.create', objectId: reply, data: { email: 'ann@example.com' } });
      expect(await kitchen.waitingFor(id, reason)).toMatchObject({ outcome: 'retryable' });
      mailbox.recipientReply = '250 ok';
      await kitchen.done(id);
    }
    expect(mailbox.messages).toHaveLength(4);
    mailbox.recipientReply = '550 no such user';
    expect(lastReasons(await settled('clients.create', 14, { name: 'x', email: 'gone@example.com' }))[0]![0]).toBe(
      'permanent',
    );
  });
});
