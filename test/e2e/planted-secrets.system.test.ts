import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';

/** Secrets of a handler: found nowhere but at its target. */
const header = 'planted-header-8f2c';
/** Secrets in an event: delivered, and kept with the event; shown and logged nowhere. */
const password = 'planted-password-51d7';
/** In an answer, under a name that is redacted; later handlers get it by another name, and no person sees it. */
const issued = 'planted-issued-7be3';

const type = 'clients.accounts.create';

describe('secrets that were planted in a whole installation', () => {
  let sandbox: Sandbox;
  let installation: Installation;
  let target: RecordingTarget;
  let billing: Billing;
  let signing: string;
  let apiKey: string;

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({ LOG_LEVEL: 'trace' }, { sandbox });
    await installation.startExecutor();
    target = await RecordingTarget.listen();
    // As targets are under development: they repeat all that they were sent.
    target.reply = ({ headers, body }, response) => {
      const refused = body.includes('"refused"');
      response.writeHead(refused ? 400 : 200, { 'x-authorization-was': headers.authorization });
      const repeated = { headers, body: refused ? `not valid: ${body}` : (JSON.parse(body) as unknown) };
      response.end(JSON.stringify({ ...(!body.includes(issued) && { sip_password: issued }), ...repeated }));
    };
    billing = await Billing.connect(installation.servers.amqpUrl);

    const task = { type: 'http', url: target.url(), headers: { authorization: `Bearer ${header}` } };
    const keep = { login: 'response.json.sip_password', answer: 'response.text.substring(0, 400)' };
    const first = { name: 'switch', event: type, task, keep, onFailure: 'continue' };
    const { id } = await installation.json<{ id: string }>('POST', '/handlers', first);
    const body = '{"name": "accepted", "sip": {{ results.switch.login }}, "is": "{{ data.auth_password }}"}';
    await installation.json('POST', '/handlers', { name: 'later', event: type, task: { ...task, body } });
    ({ secret: signing } = await installation.json<{ secret: string }>('POST', `/handlers/${id}/signing-secrets`));
    ({ key: apiKey } = await installation.json<{ key: string }>('POST', '/api-keys', { name: 'CRM', role: 'viewer' }));
    const data = { id: 12, auth_password: password, nested: [{ Token: password }] };
    await billing.publish({ type, id: 'accepted', data: { ...data, name: 'accepted' } });
    await billing.publish({ type, id: 'declined', data: { ...data, name: 'refused' } });
    await billing.publishRaw(
      type,
      Buffer.from(`{"event": {"events_id": "${type}"}, "data": {"password": "${password}", }`),
    );
    await installation.json('POST', `/handlers/${id}/test`, {
      event: { event: { id: 'tried', events_id: type, object_id: 1, dt: new Date().toISOString() }, data },
    });
    await eventually(async () => {
      const { items } = await installation.json<{ items: unknown[] }>('GET', '/executions');
      const rejected = await installation.json<{ items: unknown[] }>('GET', '/rejected');
      return items.length >= 5 && rejected.items.length >= 1 ? true : undefined;
    });
  }, 120_000);

  afterAll(async () => {
    await billing.close();
    await target.close();
    await installation.stop();
    await sandbox.dispose();
  });

  it('reached the target', () => {
    expect(target.calls.length).toBeGreaterThanOrEqual(3);
    for (const { headers, body } of target.calls) {
      expect(headers.authorization).toBe(`Bearer ${header}`);
      expect(body).toContain(password);
    }
    expect(target.calls.filter(({ body }) => body.includes(`"sip": "${issued}"`))).toHaveLength(1);
  });

  it('are in no answer of the registry', async () => {
    const { items } = await installation.json<{ items: { id: string }[] }>('GET', '/handlers');
    const rejected = await installation.json<{ items: { id: string }[] }>('GET', '/rejected');
    const paths = [
      '/handlers',
      `/handlers/${items[0]!.id}`,
      '/events',
      '/events/accepted',
      '/events/declined',
      '/events/tried',
      '/executions',
      '/rejected',
      `/rejected/${rejected.items[0]!.id}/body`,
      '/deferrals',
      '/audit',
      '/api-keys',
      '/executors',
      '/overview?window=hour',
    ];
    for (const path of paths) {
      const answer = await installation.call('GET', path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect([path, found(await answer.text(), [...allSecrets(), issued])]).toEqual([path, []]);
    }
  });

  it('are hidden in what was kept of an answer, by whatever name', async () => {
    type Event = { executions: { kept: object | null }[] };
    const { executions } = await installation.json<Event>('GET', '/events/accepted');
    expect(executions.map(({ kept }) => kept)).toEqual([{ login: '***', answer: '***' }, null]);
  });

  it('are in no table, but for what an event itself holds', async () => {
    const client = new pg.Client({ connectionString: sandbox.databaseUrl });
    await client.connect();
    try {
      const { rows: tables } = await client.query<{ name: string }>(
        `select quote_ident(table_name) as name from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE'`,
      );
      expect(tables.length).toBeGreaterThan(10);
      for (const { name } of tables) {
        const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
        const holdsEvents = /^(events|rejected_messages|deferrals)/.test(name);
        const sought = holdsEvents ? allSecrets().filter((secret) => secret !== password) : allSecrets();
        expect([name, found(rows.map(({ row }) => row).join('\n'), sought)]).toEqual([name, []]);
      }
    } finally {
      await client.end();
    }
  });

  it('are in no log', async () => {
    const files = (await readdir(installation.dataDir, { recursive: true })).filter((file) => file.endsWith('.log'));
    expect(files.join()).toMatch(/executor.*registry/);
    for (const file of files) {
      const text = await readFile(join(installation.dataDir, file), 'utf8');
      expect([file, found(text, [...allSecrets(), issued])]).toEqual([file, []]);
    }
  });

  /** In every spelling that an attacker would search for. */
  function allSecrets(): string[] {
    const secrets = [header, password, signing.slice('whsec_'.length), apiKey, installation.secretsKey];
    return [...secrets, ...secrets.map((secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''))];
  }
});

function found(text: string, secrets: string[]): string[] {
  return secrets.filter((secret) => text.includes(secret));
}
