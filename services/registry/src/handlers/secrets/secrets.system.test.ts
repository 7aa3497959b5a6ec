import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { secretContext, type Handler, type HttpTask } from '#contracts';
import { createLogger } from '#observability';
import { SecretBox } from '#secrets';
import { authority, clientOfAuthority, serverOfAuthority } from '../../../../../test/support/certificates.ts';
import { builtFile } from '../../../../../tools/test/built-file.ts';
import { errorFields, startRegistry, type Answer, type TestRegistry } from '../../testing/registry.ts';

const newKey = (): KeyObject => createSecretKey(randomBytes(32));
const key = newKey();
const box = new SecretBox([key]);
/** Whatever has one of these, in whatever spelling, is not to be found anywhere. */
const planted = ['planted-bearer', 'planted-vendor', 'planted-renewed', clientOfAuthority.key.split('\n')[1]!];
const url = 'https://crm.example/hook';
const { key: clientKey, cert: certificate } = clientOfAuthority;

interface StoredRow {
  task: HttpTask;
  secrets: Record<string, string>;
  version: number;
  updated_at: Date;
}

describe('the secrets of a handler', () => {
  let registry: TestRegistry;
  let log = '';
  const answers: Answer[] = [];
  let count = 0;

  beforeAll(async () => {
    const lines = new PassThrough().on('data', (chunk: Buffer) => (log += chunk.toString()));
    const logger = createLogger('registry', 'trace', lines as unknown as NodeJS.WriteStream);
    registry = await startRegistry({ secretKeys: [key] }, { logger });
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await registry.call(method, `/api/v1/${path}`, { ...(body !== undefined && { body }) });
    answers.push(answer);
    return answer;
  }
  const post = (task: object): Promise<Answer> =>
    call('POST', 'handlers', { name: `handler ${count++}`, event: 'clients.update', task: { type: 'http', ...task } });
  const patch = (id: string, task: object): Promise<Answer> =>
    call('PATCH', `handlers/${id}`, { task: { type: 'http', ...task } });
  async function created(task: object): Promise<Handler & { task: HttpTask }> {
    const { status, body } = await post(task);
    expect([status, body.errors]).toEqual([201, undefined]);
    return body as Handler & { task: HttpTask };
  }
  async function stored(id: string): Promise<StoredRow> {
    const [row] = await registry.database.query<StoredRow[]>('select * from handlers where id = $1', [id]);
    return row!;
  }
  /** The secrets of a handler as an executor would open them. */
  async function opened(id: string, box_ = box): Promise<Record<string, string>> {
    const { secrets } = await stored(id);
    const entries = Object.entries(secrets).map(([slot, sealed]) => [slot, box_.open(sealed, secretContext(id, slot))]);
    return Object.fromEntries(entries) as Record<string, string>;
  }
  async function dump(): Promise<string> {
    const tables = await registry.database.query<{ name: string }[]>(
      `select quote_ident(table_name) as name from information_schema.tables
       where table_schema = current_schema() and table_type = 'BASE TABLE'`,
    );
    const rows = tables.map(({ name }) => registry.database.query<unknown[]>(`select t::text as row from ${name} t`));
    return JSON.stringify(await Promise.all(rows));
  }

  const headers = { Authorization: 'Bearer planted-bearer', 'X-Vendor-Thing': 'planted-vendor', accept: '*/*' };
  const secretHeaders = ['X-Vendor-Thing'];
  const shown = { Authorization: '***', 'X-Vendor-Thing': '***', accept: '*/*' };
  const tls = { ca: authority, certificate, key: clientKey };

  it('are in no answer, no table, no audit and no line of the log', async () => {
    const { id, task } = await created({ url, headers, secretHeaders, tls });
    expect(task).toMatchObject({
      headers: shown,
      secretHeaders: ['authorization', 'x-vendor-thing'],
      tls: { certificate: `${certificate}\n`, key: '***' },
    });
    await patch(id, { url, headers: { ...shown, Authorization: 'Bearer planted-renewed' }, secretHeaders, tls });
    expect(await opened(id)).toEqual({
      'header:authorization': 'Bearer planted-renewed',
      'header:x-vendor-thing': 'planted-vendor',
      'tls:key': `${clientKey}\n`,
    });
    await call('GET', `handlers/${id}`);
    await call('GET', 'handlers');
    await call('PUT', 'handlers/order', { event: 'clients.update', ids: [id] });
    await call('GET', `audit?subject=${id}`);
    // Bad requests, for what errors repeat of them.
    await post({ url, headers, secretHeaders: ['x-other'], tls: { certificate: clientKey, key: certificate } });
    await post({ url: 'http://host/', headers, tls });
    await post({ url, headers: { ...headers, 'x y': 'planted-vendor' } });
    await call('PATCH', `handlers/${id}`, '{"task":{"headers":{"authorization": planted-bearer}}}');
    const everywhere = [JSON.stringify(answers.map(({ body }) => body as unknown)), await dump(), log];
    expect(everywhere.map((place) => planted.filter((secret) => place.includes(secret)))).toEqual([[], [], []]);
    expect(log).toContain('request');
  });

  it('stay when *** is given for them, which is no change, and are renewed by what is given, which always is', async () => {
    const { id } = await created({ url, headers, secretHeaders, tls });
    const before = await stored(id);
    const asShown = (await call('GET', `handlers/${id}`)).body.task as HttpTask;
    expect((await patch(id, asShown)).body.version).toBe(1);
    expect((await call('PATCH', `handlers/${id}`, { name: 'renamed' })).body.version).toBe(2);
    expect((await stored(id)).secrets).toEqual(before.secrets);
    // The version must not confirm a guessed secret.
    expect(
      (await patch(id, { ...asShown, headers: { ...shown, authorization: undefined, ...headers } })).body.version,
    ).toBe(3);
    const renewed = (await stored(id)).secrets;
    expect(Object.keys(renewed).filter((slot) => renewed[slot] === before.secrets[slot])).toEqual(['tls:key']);
  });

  it('keep to their header whatever the case of its name, and go with it, or with the task', async () => {
    const { id } = await created({ url, headers, secretHeaders });
    const { status, body } = await patch(id, { url: `${url}/other`, headers: { AUTHORIZATION: '***' } });
    expect([status, body.task.headers]).toEqual([200, { AUTHORIZATION: '***' }]);
    expect(await opened(id)).toEqual({ 'header:authorization': 'Bearer planted-bearer' });
    await call('PATCH', `handlers/${id}`, { task: { type: 'script', path: 'a.sh' } });
    expect((await stored(id)).secrets).toEqual({});
    expect(errorFields(await patch(id, { url, headers: { authorization: '***' } }))).toEqual(['task.headers']);
  });

  it('of other kinds stay when the task changes', async () => {
    const { id } = await created({ url, headers });
    const sealed = box.seal('of another kind', secretContext(id, 'signing:1'));
    await registry.database.query(`update handlers set secrets = secrets || $2 where id = $1`, [
      id,
      { 'signing:1': sealed },
    ]);
    await call('PATCH', `handlers/${id}`, { task: { type: 'script', path: 'a.sh' } });
    expect((await stored(id)).secrets).toEqual({ 'signing:1': sealed });
  });

  it('are not taken where they were not given for, or where none is', async () => {
    const { id } = await created({ url, headers, secretHeaders, tls });
    const faults = async (answer: Promise<Answer>): Promise<string[]> => {
      const { status, body } = await answer;
      expect(status).toBe(400);
      return (body.errors as { field: string; message: string }[]).map(({ field, message }) => `${field} ${message}`);
    };
    const again = 'must be given again, because the URL has another origin';
    const elsewhere = { headers: shown, secretHeaders, tls: { ...tls, key: '***' } };
    for (const origin of ['https://evil.example/hook', 'https://crm.example:444/hook']) {
      expect(await faults(patch(id, { url: origin, ...elsewhere }))).toEqual([
        `task.headers header Authorization ${again}`,
        `task.headers header X-Vendor-Thing ${again}`,
        `task.tls.key ${again}`,
      ]);
    }
    const none = 'is ***, which stands for a stored secret, but none is stored';
    expect(await faults(post({ url, headers: { cookie: '***' } }))).toEqual([`task.headers header cookie ${none}`]);
    expect(await faults(patch(id, { url, headers: { ...shown, cookie: '***' }, secretHeaders }))).toEqual([
      `task.headers header cookie ${none}`,
    ]);
    expect(await faults(patch(id, { url, headers: shown }))).toEqual([
      'task.headers header X-Vendor-Thing is stored as a secret: name it in secretHeaders, or give its value',
    ]);
    expect(await faults(patch(id, { url, headers: {}, secretHeaders }))).toEqual([
      'task.secretHeaders "X-Vendor-Thing" is not one of the headers',
    ]);
    expect((await stored(id)).version).toBe(1);
  });

  it.each<[string, object, string, string]>([
    ['a certificate without a key', { certificate }, 'task.tls.key', 'must be given together with a certificate'],
    ['a key without a certificate', { key: clientKey }, 'task.tls.certificate', 'must be given with a key'],
    [
      'a key of another certificate',
      { certificate, key: serverOfAuthority.key },
      'task.tls.key',
      'does not match the certificate',
    ],
    [
      'what is no key',
      { certificate, key: certificate },
      'task.tls.key',
      'must be one private key as PEM, without a passphrase',
    ],
    [
      'a key in the place of a certificate',
      { ca: `${authority}\n${clientKey}` },
      'task.tls.ca',
      'must be one or more X.509 certificates as PEM, and nothing else',
    ],
    [
      'a certificate that is cut',
      { ca: authority.replace(/\n\w{20}/, '\n') },
      'task.tls.ca',
      'must be one or more X.509 certificates as PEM, and nothing else',
    ],
    ['an unknown field', { passphrase: 'x' }, 'task.tls.passphrase', 'is unknown'],
  ])('for TLS are refused: %s', async (_name, refused, field, message) => {
    expect((await post({ url, tls: refused })).body.errors).toEqual([{ field, message }]);
  });

  it('for TLS are for https, and a renewed certificate has to fit the key that is kept', async () => {
    expect((await post({ url: 'http://host/', tls: { ca: authority } })).body.errors).toEqual([
      { field: 'task.tls', message: 'is for https:// URLs only' },
    ]);
    const { id } = await created({ url, tls });
    const renewed = { ...tls, certificate: serverOfAuthority.cert, key: '***' };
    expect(errorFields(await patch(id, { url, tls: renewed }))).toEqual(['task.tls.key']);
    expect((await patch(id, { url, tls: { certificate, key: '***' } })).status).toBe(200);
  });

  describe('and their keys', () => {
    const rotate = async (
      keys: readonly KeyObject[],
    ): Promise<{ code: number | undefined; out: string; err: string }> => {
      const program = await execa(process.execPath, [builtFile('services/registry/src/rotate-secrets.js')], {
        env: {
          DATABASE_URL: registry.sandbox.registryDatabaseUrl,
          SECRETS_KEY: keys.map((each) => each.export().toString('base64')).join(),
        },
        extendEnv: false,
        stripFinalNewline: false,
        reject: false,
      });
      return { code: program.exitCode, out: program.stdout, err: program.stderr };
    };

    it('are rotated: everything is re-encrypted with the first, which changes no version and no revision', async () => {
      await registry.database.query('delete from handlers');
      const first = await created({ url, headers, secretHeaders, tls });
      const archived = await created({ url, headers: { authorization: 'Bearer archived' } });
      await call('DELETE', `handlers/${archived.id}`);
      const before = await stored(first.id);
      const { revision } = (await call('GET', 'catalog')).body as { revision: number };
      const next = newKey();
      const nextBox = new SecretBox([next]);
      expect(await rotate([next, key])).toEqual({
        code: 0,
        out: `key ${nextBox.keyId!}: re-encrypted 4 secrets, 0 already current\n`,
        err: '',
      });
      expect(await opened(first.id, nextBox)).toMatchObject({ 'header:authorization': 'Bearer planted-bearer' });
      expect(await opened(archived.id, nextBox)).toEqual({ 'header:authorization': 'Bearer archived' });
      const { version, updated_at } = await stored(first.id);
      expect({ version, updated_at }).toEqual({ version: before.version, updated_at: before.updated_at });
      expect((await call('GET', 'catalog')).body.revision).toBe(revision);
      expect((await rotate([next])).out).toBe(`key ${nextBox.keyId!}: re-encrypted 0 secrets, 4 already current\n`);
    });

    it('that are missing are named with the secrets that they encrypted, and the rest is re-encrypted', async () => {
      await registry.database.query('delete from handlers');
      const { id } = await created({ url, headers: { cookie: 'a=b', authorization: 'Bearer planted-bearer' } });
      const { secrets } = await stored(id);
      const lost = new SecretBox([newKey()]);
      const moved = {
        cookie: secrets['header:authorization'],
        'x-lost': lost.seal('x', secretContext(id, 'header:x-lost')),
      };
      await registry.database.query('update handlers set secrets = secrets || $2 where id = $1', [
        id,
        { 'header:cookie': moved.cookie, 'header:x-lost': moved['x-lost'] },
      ]);
      const next = newKey();
      const { code, out, err } = await rotate([next, key]);
      expect([code, out]).toEqual([1, expect.stringContaining('re-encrypted 1 secrets, 0 already current')]);
      expect(err.split('\n').sort()).toEqual([
        '',
        expect.stringMatching(
          /^failed to decrypt header:cookie of handler .* damaged, or was sealed for another place/,
        ),
        expect.stringMatching(
          new RegExp(`^failed to decrypt header:x-lost of handler .* no key with the id ${lost.keyId!}`),
        ),
      ]);
      expect((await stored(id)).secrets).toMatchObject({ 'header:x-lost': moved['x-lost'] });
    });

    it('are needed for it, and named when they do not fit', async () => {
      expect(await rotate([])).toMatchObject({
        code: 78,
        out: '',
        err: expect.stringContaining('SECRETS_KEY must be set'),
      });
    });
  });
});

describe('without SECRETS_KEY', () => {
  it('a handler is kept, unless it has a secret', async () => {
    await using registry = await startRegistry({ secretKeys: [] });
    const handler = { name: 'A', event: 'clients.update' };
    const post = (task: object): Promise<Answer> =>
      registry.call('POST', '/api/v1/handlers', { body: { ...handler, task: { type: 'http', url, ...task } } });
    const refused = await post({ headers: { authorization: 'x' }, tls: { certificate, key: clientKey } });
    expect(refused.body.errors).toEqual(
      ['task.headers.authorization', 'task.tls.key'].map((field) => ({
        field,
        message: 'is a secret and cannot be stored: set SECRETS_KEY for the registry and the executors',
      })),
    );
    expect((await post({ headers: { accept: '*/*' }, tls: { ca: authority } })).status).toBe(201);
  });
});
