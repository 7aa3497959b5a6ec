import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Installation } from '../support/installation.ts';
import { Provisor, type Ended } from './provisor.ts';

interface Handler {
  name: string;
  status: string;
  version: number;
  timeoutMs: number;
}

/** `provisor handlers export | diff | apply`, against a registry as people run it. */
describe('handlers in files', () => {
  let installation: Installation;
  let sandbox: Sandbox;
  let provisor: Provisor;
  let folder: string;
  let count = 0;

  beforeAll(async () => {
    sandbox = await createSandbox();
    installation = await Installation.start({}, { sandbox });
    folder = await mkdtemp(join(tmpdir(), 'provisor-test-'));
    provisor = new Provisor({ PROVISOR_URL: installation.registryUrl, PROVISOR_API_KEY: installation.apiKey });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await installation.stop();
    await sandbox.dispose();
  });
  beforeEach(() => apply('handlers: []\n', '--prune'));

  async function file(text: string): Promise<string> {
    const path = join(folder, `handlers-${String((count += 1))}.yaml`);
    await writeFile(path, text);
    return path;
  }
  const onFile = async (command: string, text: string, ...args: string[]): Promise<Ended> =>
    provisor.run(['handlers', command, '-f', await file(text), ...args]);
  const apply = (text: string, ...args: string[]): Promise<Ended> => onFile('apply', text, ...args);
  const diff = (text: string, ...args: string[]): Promise<Ended> => onFile('diff', text, ...args);
  const revision = async (): Promise<number> =>
    (await installation.json<{ revision: number }>('GET', '/catalog')).revision;
  const listed = (): Promise<Handler[]> => provisor.json<Handler[]>('handlers', 'list', '--sort', 'name');

  const first = `
handlers:
  - name: SIP account
    event: clients.accounts.create
    task: { type: http, url: "127.0.0.1:5000/api" }
  - name: Welcome mail
    event: clients.create
    task: { type: script, path: mail.py }
`;
  const second = `
handlers:
  - name: SIP account
    event: clients.accounts.create
    task: { type: http, url: "127.0.0.1:5000/api" }
    timeoutMs: 5000
  - name: Bill
    event: clients.create
    task: { type: script, path: bill.py }
`;

  it('are applied in one revision, and applied again change nothing', async () => {
    const before = await revision();
    const done = await apply(first);
    expect(done).toMatchObject({
      code: 0,
      err: `revision ${String(before + 1)}: 2 created, 0 changed, 0 archived, 0 unchanged\n`,
    });
    expect(done.out).toContain('+ create SIP account');
    expect(await apply(first)).toEqual({
      code: 0,
      out: `no changes; the catalog has revision ${String(before + 1)}\n`,
      err: '',
    });
    expect(await revision()).toBe(before + 1);
  });

  it('are compared field by field, with exit code 1 when they differ', async () => {
    await apply(first);
    const seen = await revision();
    expect(await diff(first)).toMatchObject({ code: 0, out: `no changes; the catalog has revision ${String(seen)}\n` });
    const differs = await diff(second, '--prune');
    expect(differs.code).toBe(1);
    expect(differs.out).toContain(
      '~ update SIP account\n    timeoutMs: 10000 → 5000\n+ create Bill\n    name: "Bill"\n',
    );
    expect(differs.out).toMatch(/\n- archive Welcome mail\n$/);
    expect(await apply(second, '--dry-run')).toMatchObject({ code: 0 });
    expect(await revision()).toBe(seen);
    expect((await listed()).map(({ name }) => name)).toEqual(['SIP account', 'Welcome mail']);
  });

  it('archive others only when they are told to', async () => {
    await apply(first);
    await apply(second);
    expect((await listed()).map(({ name }) => name)).toEqual(['Bill', 'SIP account', 'Welcome mail']);
    await apply(second, '--prune');
    expect((await listed()).map(({ name, version }) => [name, version])).toEqual([
      ['Bill', 1],
      ['SIP account', 2],
    ]);
  });

  it('come out as they go in', async () => {
    await apply(first);
    const exported = await provisor.run(['handlers', 'export']);
    expect(exported.code).toBe(0);
    expect(await diff(exported.out, '--prune')).toMatchObject({ code: 0 });
    const target = join(folder, 'exported.yaml');
    await provisor.run(['handlers', 'export', '-o', target]);
    expect(await readFile(target, 'utf8')).toBe(exported.out);
    const viaInput = await provisor.run(['handlers', 'diff', '-f', '-', '--json'], { input: exported.out });
    expect(JSON.parse(viaInput.out)).toMatchObject({ changes: [], unchanged: 2 });
  });

  it('are exported without their defaults, and applied to an empty registry are the same', async () => {
    await apply(`
handlers:
  - name: Plain
    event: clients.accounts.create
    task: { type: http, url: "http://127.0.0.1:5000/api" }
  - name: Special
    event: clients.create
    description: A description
    status: disabled
    priority: 7
    onFailure: detach
    timeoutMs: 1234
    retry: { maxAttempts: 2, schedule: [1s] }
    maxConcurrency: 3
    condition: data.id == 1
    format: cloudevents
    task:
      type: http
      url: https://switch.example/api
      method: PUT
      headers: { X-Header: "a value" }
  - name: Script
    event: clients.create
    task: { type: script, path: bill.py, args: [--fast], mode: persistent }
`);
    const before = await installation.json<{ handlers: object[] }>('GET', '/handlers/set');
    const { out } = await provisor.run(['handlers', 'export']);
    expect(out).toContain(`
  - name: Plain
    event: clients.accounts.create
    task: { type: http, url: http://127.0.0.1:5000/api }
    status: enabled
    priority: 1
`);
    await apply('handlers: []\n', '--prune');
    expect(await apply(out)).toMatchObject({ code: 0, err: expect.stringContaining('3 created') });
    const after = await installation.json<{ handlers: object[] }>('GET', '/handlers/set');
    expect(after.handlers).toEqual(before.handlers);
  });

  it('can be several, which are one set', async () => {
    const args = ['-f', await file(first), '-f', await file(second.replace('SIP account', 'Other'))];
    const { code, err } = await provisor.run(['handlers', 'apply', ...args]);
    expect([code, err]).toEqual([0, expect.stringContaining('4 created')]);
    const twice = await provisor.run(['handlers', 'diff', '-f', await file(first), '-f', await file(first)]);
    expect(twice.code).toBe(2);
    expect(twice.err).toMatch(/\.yaml:3:11: handlers\.2\.name is a duplicate of handlers\.\d+/);
  });

  it('that do not fit change nothing, and each fault is told with its line', async () => {
    const seen = await revision();
    const wrong = first.replace('clients.create', 'clients.made').replace('127.0.0.1:5000/api', 'ftp://x');
    const refused = await apply(wrong);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/invalid handlers; nothing was changed/);
    expect(refused.err).toMatch(/handlers-\d+\.yaml:5:30: handlers\.0\.task\.url must be/);
    expect(refused.err).toMatch(/handlers-\d+\.yaml:7:12: handlers\.1\.event must be one of/);
    expect(await revision()).toBe(seen);
    expect(await apply('handlers: [}')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is not valid YAML:\n.*:1:12: /),
    });
    expect(await apply('other: 1\n')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/:1:8: other is unknown; expected handlers/),
    });
    expect(await provisor.run(['handlers', 'apply', '-f', '/nowhere/x'])).toMatchObject({ code: 2 });
    expect(await provisor.run(['handlers', 'apply'])).toMatchObject({ code: 2 });
  });

  it('are refused when the catalog is not at the revision that was looked at', async () => {
    const seen = await revision();
    expect(await apply(first, '--revision', String(seen))).toMatchObject({ code: 0 });
    const late = await apply(second, '--revision', String(seen));
    expect(late).toMatchObject({ code: 6, err: expect.stringContaining(`the revision is ${String(seen + 1)}`) });
  });

  it('take secrets from the environment, keep those that are marked, and show none', async () => {
    const withSecret = (value: string): string =>
      first.replace('/api" }', `/api", headers: { Authorization: ${value} } }`);
    const unset = await apply(withSecret('!env CRM_TOKEN'));
    expect(unset).toMatchObject({
      code: 2,
      err: expect.stringContaining('the environment variable CRM_TOKEN is not set'),
    });
    const path = await file(withSecret('!env CRM_TOKEN'));
    const env = { CRM_TOKEN: 'Bearer hunter2' };
    const applied = await provisor.run(['handlers', 'apply', '-f', path], { env });
    expect(applied).toMatchObject({ code: 0, out: expect.stringContaining('header:authorization: new secret') });
    const exported = await provisor.run(['handlers', 'export']);
    expect(exported.out).toMatch(/Authorization: "\*\*\*"/);
    expect(await diff(exported.out, '--prune')).toMatchObject({ code: 0 });
    expect(JSON.stringify([applied, exported])).not.toContain('hunter2');
  });
});
