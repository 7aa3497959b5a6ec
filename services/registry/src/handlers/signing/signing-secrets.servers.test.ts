import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { secretContext, secretSlots, type SigningSecret } from '#contracts';
import { SecretBox } from '#secrets';
import { itemsOf, startRegistry, type Answer, type TestRegistry } from '../../testing/registry.ts';
import { maxSigningSecrets, rotated } from './signing-secret.ts';

interface Row {
  secrets: Record<string, string>;
  signing_secrets: SigningSecret[];
}

describe('the signing secrets of a handler', () => {
  let registry: TestRegistry;
  let count = 0;
  const http = { type: 'http', url: 'http://127.0.0.1:9/' };

  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
  });

  const newHandler = async (task: object = http): Promise<string> => {
    const body = { name: `signed ${++count}`, event: 'clients.update', task };
    return ((await registry.call('POST', '/api/v1/handlers', { body })).body as { id: string }).id;
  };
  const make = (id: string, body?: object): Promise<Answer> =>
    registry.call('POST', `/api/v1/handlers/${id}/signing-secrets`, body ? { body } : {});
  const revoke = (id: string, secretId: string): Promise<Answer> =>
    registry.call('DELETE', `/api/v1/handlers/${id}/signing-secrets/${secretId}`);
  const get = async (id: string): Promise<{ version: number; signingSecrets?: SigningSecret[] }> => {
    const { body } = await registry.call('GET', `/api/v1/handlers/${id}`);
    return body as { version: number; signingSecrets?: SigningSecret[] };
  };
  const row = async (id: string): Promise<Row> => {
    const statement = 'select secrets, signing_secrets from handlers where id = $1';
    const [kept] = await registry.database.query<[Row]>(statement, [id]);
    return kept;
  };
  const revision = async (): Promise<number> =>
    ((await registry.call('GET', '/api/v1/catalog')).body as { revision: number }).revision;

  it('are made by the registry, shown once, and kept sealed', async () => {
    const id = await newHandler();
    const before = await revision();
    const { status, body } = await make(id);
    expect(status).toBe(201);
    const { secret, ...shown } = body as SigningSecret & { secret: string };
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await get(id)).toMatchObject({ version: 2, signingSecrets: [shown] });
    expect(await revision()).toBe(before + 1);

    const kept = await row(id);
    expect(JSON.stringify(kept)).not.toContain(secret.slice('whsec_'.length));
    const slot = secretSlots.signing(shown.id);
    const box = new SecretBox(registry.settings.secretKeys);
    expect(box.open(kept.secrets[slot]!, secretContext(id, slot))).toBe(secret);

    const answers = [
      await registry.call('GET', `/api/v1/handlers/${id}`),
      await registry.call('GET', '/api/v1/handlers'),
      await registry.call('GET', '/api/v1/audit'),
    ];
    expect(JSON.stringify(answers)).not.toContain(secret.slice('whsec_'.length, -1));
    expect(itemsOf(answers[2]!)[0]).toMatchObject({
      action: 'handler.signing_secret.make',
      subject: { type: 'handler', id },
      after: { signing: [{ id: shown.id, expiresAt: null }] },
    });
  });

  it('are replaced with an overlap, in which both sign', async () => {
    const id = await newHandler();
    const [first, second] = [(await make(id)).body, (await make(id, { overlap: '7d' })).body] as SigningSecret[];
    const { signingSecrets = [] } = await get(id);
    expect(signingSecrets.map((each) => each.id)).toEqual([first!.id, second!.id]);
    const week = Date.parse(signingSecrets[0]!.expiresAt!) - Date.parse(second!.createdAt);
    expect(week).toBe(7 * 86_400_000);
    expect(signingSecrets[1]!.expiresAt).toBeNull();
  });

  it('that leaked are replaced at once, and forgotten', async () => {
    const id = await newHandler();
    await make(id);
    const { id: second } = (await make(id, { overlap: '0s' })).body as SigningSecret;
    expect((await get(id)).signingSecrets).toMatchObject([{ id: second }]);
    expect(Object.keys((await row(id)).secrets)).toEqual([secretSlots.signing(second)]);
  });

  it('are revoked one by one', async () => {
    const id = await newHandler();
    const { id: secretId } = (await make(id)).body as SigningSecret;
    expect((await revoke(id, secretId)).status).toBe(204);
    expect(await get(id)).toMatchObject({ version: 3 });
    expect(await get(id)).not.toHaveProperty('signingSecrets');
    expect(await row(id)).toEqual({ secrets: {}, signing_secrets: [] });
    expect((await revoke(id, secretId)).status).toBe(404);
  });

  it('stay when the handler is changed in another way', async () => {
    const id = await newHandler();
    const { id: secretId } = (await make(id)).body as SigningSecret;
    const body = { description: 'changed', task: { ...http, headers: { authorization: 'Bearer secret' } } };
    const { body: patched } = await registry.call('PATCH', `/api/v1/handlers/${id}`, { body });
    expect(patched).toMatchObject({ signingSecrets: [{ id: secretId }] });
    expect(Object.keys((await row(id)).secrets).sort()).toEqual([
      'header:authorization',
      secretSlots.signing(secretId),
    ]);
  });

  it('are no more than a few at a time', async () => {
    const id = await newHandler();
    for (let made = 0; made < maxSigningSecrets; made++) expect((await make(id)).status).toBe(201);
    const { status, body } = await make(id);
    expect(status).toBe(409);
    expect(body).toMatchObject({ detail: expect.stringContaining('revoke one') });
    expect((await make(id, { overlap: '0s' })).status).toBe(201);
  });

  it('are refused where they are of no use, and where there is none such', async () => {
    const script = await newHandler({ type: 'script', path: 'a.sh' });
    expect((await make(script)).status).toBe(409);
    const unknownId = '0193a7c1-d2e3-7000-8000-000000000000';
    expect((await make(unknownId)).status).toBe(404);
    for (const overlap of ['soon', '91d', 24, null]) {
      const { status, body } = await make(await newHandler(), { overlap });
      expect(status).toBe(400);
      expect(body).toMatchObject({ errors: [{ field: 'overlap', message: expect.stringContaining('24h') }] });
    }
  });

  it('are refused without a key to seal them with', async () => {
    await using bare = await startRegistry({ secretKeys: [] });
    const draft = { name: 'bare', event: 'clients.update', task: http };
    const { id } = (await bare.call('POST', '/api/v1/handlers', { body: draft })).body as { id: string };
    const { status, body } = await bare.call('POST', `/api/v1/handlers/${id}/signing-secrets`);
    expect(status).toBe(409);
    expect(body).toMatchObject({ detail: expect.stringContaining('SECRETS_KEY') });
  });
});

describe('a rotation', () => {
  const now = new Date('2026-03-01T09:15:00Z');
  const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
  const secret = (id: string, expiresAt: string | null): SigningSecret => ({ id, createdAt: at(-600), expiresAt });

  it('never lengthens the life of a secret, and drops what has expired', () => {
    const before = [secret('expired', at(-1)), secret('ending', at(5)), secret('current', null)];
    expect(rotated(before, secret('newest', null), 60 * 60_000, now)).toEqual([
      secret('ending', at(5)),
      secret('current', at(60)),
      secret('newest', null),
    ]);
  });
});
