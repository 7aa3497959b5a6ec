import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { retryDeferralPattern } from '#contracts';
import { startRegistry, type TestRegistry } from '../../services/registry/src/testing/registry.ts';
import { standIn } from '../support/stand-in.ts';
import { Provisor, type Ended } from './provisor.ts';

/** The commands of targets and holds, against a registry. */
describe('the command line', () => {
  let registry: TestRegistry;
  let provisor: Provisor;
  let folder: string;
  beforeAll(async () => {
    registry = await startRegistry();
    folder = await mkdtemp(join(tmpdir(), 'provisor-test-'));
    provisor = new Provisor({ PROVISOR_URL: registry.url, PROVISOR_API_KEY: 'a-key-for-tests', CRM_SECRET: 'planted' });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await registry[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await registry.database.query('delete from deferral_keys');
    await registry.database.query('delete from handlers');
    await registry.database.query('delete from targets');
  });

  async function run(...args: string[]): Promise<Ended> {
    const ended = await provisor.run(args);
    if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${String(ended.code)} ${ended.err}`);
    return ended;
  }
  async function file(name: string, text: string): Promise<string> {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  }
  const crm = ['targets', 'create', '--name', 'CRM', '--url', 'https://crm.example/rest'];
  const account = ['handlers', 'create', '--name', 'Account', '--event', 'clients.create', '--target', 'CRM'];

  describe('handlers preview', () => {
    const dt = '2026-03-01T09:15:00+00:00';

    it('shows the request for a sample or an event of your own, without secrets, and sends nothing', async () => {
      await run(...crm, '--header', 'x-tenant: 7', '--header', 'x-api-key: planted-key');
      const body = await file(
        'shaped.yaml',
        `name: Shaped
event: clients.create
task: { type: http, target: CRM, path: "/c/{{ data.id }}", body: '{"name": "{{ data.name }}"}' }
`,
      );
      await run('handlers', 'create', '-f', body);
      const data = { id: 'a/b', name: '"x"', password: 'planted' };
      const event = { event: { id: 'e-1', dt, events_id: 'clients.create', object_id: 1 }, data };
      const path = await file('event.json', JSON.stringify(event));
      const { out } = await run('handlers', 'preview', 'Shaped', '--event', path);
      expect(out).toContain('POST https://crm.example/rest/c/a%2Fb');
      expect(out).toContain('x-tenant: 7');
      expect(out).toContain('"name": "\\"x\\""');
      expect(out).not.toContain('planted');
      expect((await run('handlers', 'preview', 'Shaped')).out).toMatch(/POST https:\/\/crm\.example\/rest\/c\/\d+/);
      const missing = await file('missing.json', JSON.stringify({ ...event, data: { id: 1 } }));
      const failed = await provisor.run(['handlers', 'preview', 'Shaped', '--event', missing]);
      expect([failed.code, failed.out]).toEqual([1, expect.stringMatching(/task\.body.*line 1, column \d+.*name/s)]);
    });

    it('shows an e-mail', async () => {
      const mail = await file(
        'mail.yaml',
        `name: Welcome
event: clients.create
task: { type: email, to: ["{{ data.email }}"], cc: [ops@example.org], subject: "Welcome, {{ data.name }}", text: "Hello" }
`,
      );
      await run('handlers', 'create', '-f', mail);
      const data = { email: 'ann@example.org', name: 'Ann' };
      const event = { event: { id: 'e-2', dt, events_id: 'clients.create', object_id: 1 }, data };
      const path = await file('client.json', JSON.stringify(event));
      expect((await run('handlers', 'preview', 'Welcome', '--event', path)).out).toBe(
        'To: ann@example.org\nCc: ops@example.org\nSubject: Welcome, Ann\n\nHello\n',
      );
    });
  });

  describe('targets', () => {
    it('are created, listed, shown, changed and deleted', async () => {
      const made = await run(...crm, '--per-second', '2.5', '--max-concurrency', '4', '--header', 'x-tenant: 7');
      expect(made.out).toMatch(/^created CRM \([0-9a-f-]{36}\)\n$/);
      expect((await run('targets')).out).toMatch(/CRM +https:\/\/crm\.example\/rest +- +2\.5\/s/);
      expect((await run('targets', 'list', '-q', 'nothing')).out).toContain('No targets match');
      const shown = (await run('targets', 'show', 'CRM')).out;
      expect(shown).toContain('baseUrl: https://crm.example/rest');
      expect(shown).toContain('x-tenant: "7"');
      const patch = await file(
        'patch.yaml',
        'rate: null\nwindows: [{ days: [sun], from: "02:00", to: "04:00", timeZone: UTC }]\n',
      );
      expect((await run('targets', 'edit', 'CRM', '-f', patch)).out).toBe('CRM: saved as version 2\n');
      expect((await run('targets', 'edit', 'CRM', '-f', patch)).out).toBe('CRM: no changes\n');
      expect((await provisor.run(['targets', 'delete', 'CRM'])).code).toBe(2);
      expect((await run('targets', 'delete', 'CRM', '--yes')).out).toBe('CRM: deleted\n');
      expect((await provisor.run(['targets', 'show', 'CRM'])).code).toBe(5);
    });

    it('are created from a file, with secrets of the environment', async () => {
      const auth = '{ type: basic, username: me, password: !env CRM_SECRET }';
      const whole = await file('crm.yaml', `name: CRM\nbaseUrl: https://crm.example\nauth: ${auth}\n`);
      await run('targets', 'create', '-f', whole, '--name', 'Own');
      const shown = (await run('targets', 'show', 'Own')).out;
      expect(shown).toContain('password: "***"');
    });

    it('are named by handlers, which keep them from being deleted', async () => {
      await run(...crm);
      await run(...account, '--path', '/accounts');
      expect((await run('handlers', 'list', '--target', 'CRM')).out).toContain('POST CRM /accounts');
      expect((await run('handlers', 'get', 'Account')).out).toContain('target: CRM\n');
      const moved = await file('moved.yaml', 'task: { type: http, target: CRM, path: /v2 }\n');
      expect((await run('handlers', 'edit', 'Account', '-f', moved)).out).toContain('saved as version 2');
      const plan = await run('events', 'plan', '--type', 'clients.create', '--object-id', '1');
      expect(plan.out).toContain('POST CRM /v2');
      const refused = await provisor.run(['targets', 'delete', 'CRM', '--yes']);
      expect([refused.code, refused.err]).toEqual([6, expect.stringContaining('"Account"')]);
      const both = await provisor.run([...account, '--url', 'https://a']);
      expect(both.code).toBe(2);
      expect((await provisor.run(['handlers', 'create', '--name', 'x', '--target', 'none'])).code).toBe(5);
    });

    it('are probed', async () => {
      await run(...crm);
      const made = JSON.parse((await run(...account, '--json')).out) as { id: string };
      expect((await provisor.run(['targets', 'probe', 'CRM'])).code).toBe(6);
      await registry.database.query(
        `insert into deferral_keys (key, due_at, handler_id, reason, detached) values ('12', now(), $1, 'circuit_open', false)`,
        [made.id],
      );
      await using executor = await standIn(registry.sandbox.amqpUrl, {
        [retryDeferralPattern]: () => ({ kind: 'accepted' }),
      });
      expect((await run('targets', 'probe', 'CRM')).out).toContain('the key 12');
      expect(await executor.next()).toMatchObject({ data: { key: '12' } });
      const retried = await provisor.run(['deferrals', 'retry', '--target', 'CRM']);
      expect([retried.code, retried.err]).toEqual([2, expect.stringContaining('Retry 1 key with 0 events?')]);
    });
  });

  describe('holds', () => {
    it('begin after a question that has a forecast, and end by a release', async () => {
      await run(...crm);
      await run(...account);
      const asked = await provisor.run(['targets', 'hold', 'CRM', '--until', '2h', '--reason', 'upgrade']);
      expect(asked.code).toBe(2);
      expect(asked.err).toContain('too young for a forecast');
      const until = new Date(Date.now() + 3_600_000).toISOString();
      const held = await run('targets', 'hold', 'CRM', '--until', until, '--reason', 'CRM upgrade', '--yes');
      expect(held.out).toMatch(/^CRM: held until \d{4}-/);
      await run('handlers', 'hold', 'Account', '--reason', 'wrong data', '-y');
      const list = (await run('holds')).out;
      expect(list).toMatch(/held +target +CRM .*CRM upgrade/);
      expect(list).toMatch(/held +handler +Account .*released.*wrong data/);
      expect((await run('overview')).out).toContain('held        target CRM until');
      expect((await run('handlers', 'list')).out).toContain('held');
      expect((await run('handlers', 'get', 'Account')).out).toContain('held until it is released by');
      expect((await run('handlers', 'release', 'Account')).out).toBe('Account: released\n');
      expect((await run('targets', 'release', 'CRM')).out).toBe('CRM: released\n');
      expect((await run('targets', 'release', 'CRM')).out).toBe('CRM: not held\n');
      expect((await run('holds')).out).toContain('Nothing is held');
      expect(
        (await provisor.run(['targets', 'hold', 'CRM', '--until', '2020-01-01T00:00:00Z', '--reason', 'x'])).code,
      ).toBe(2);
    });
  });

  describe('files', () => {
    const text = `targets:
  - name: CRM
    baseUrl: https://crm.example
    auth: { type: basic, username: me, password: !env CRM_SECRET }
handlers:
  - name: Account
    event: clients.create
    task: { type: http, target: CRM, path: /accounts }
`;

    it('have targets, which handlers name', async () => {
      const whole = await file('all.yaml', text);
      const applied = await run('handlers', 'apply', '-f', whole);
      expect(applied.out).toContain('+ create target CRM');
      expect(applied.err).toContain(
        '1 created, 0 changed, 0 archived, 0 unchanged; targets: 1 created, 0 changed, 0 deleted',
      );
      const exported = join(folder, 'exported.yaml');
      expect((await run('handlers', 'export', '-o', exported)).err).toContain('wrote 1 handlers and 1 targets');
      expect(await readFile(exported, 'utf8')).toContain('task: { type: http, target: CRM, path: /accounts }');
      expect((await run('handlers', 'diff', '-f', exported, '--prune')).out).toContain('no changes');

      const only = await file('targets.yaml', 'targets: [{ name: ERP, baseUrl: erp.example }]\n');
      const diff = await provisor.run(['handlers', 'diff', '-f', only]);
      expect([diff.code, diff.out]).toEqual([1, expect.stringContaining('+ create target ERP')]);
      const withoutTargets = await file('handlers.yaml', 'handlers: []\n');
      const pruned = await provisor.run(['handlers', 'diff', '-f', withoutTargets, '--prune']);
      expect(pruned.out).toContain('- archive Account');
      expect(pruned.out).not.toContain('target');
    });

    it('show the place of a fault', async () => {
      const exported = await file('elsewhere.yaml', text.replace('!env CRM_SECRET', '"***"'));
      const refused = await provisor.run(['handlers', 'apply', '-f', exported]);
      expect(refused.code).toBe(2);
      expect(refused.err).toMatch(/elsewhere\.yaml:4:\d+.*targets\.0\.auth\.password/s);
      const unknown = await file('unknown.yaml', 'targets: {}\nusers: []\n');
      const failed = await provisor.run(['handlers', 'diff', '-f', unknown]);
      expect([failed.code, failed.err]).toEqual([2, expect.stringContaining('must be a list of targets')]);
    });
  });
});
