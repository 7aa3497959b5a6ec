import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startRegistry, type Answer, type TestRegistry } from '../testing/registry.ts';

const html = '<html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script src="/assets/index-A1b2C3.js"></script>';
const script = 'console.log("here")';
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the console', () => {
  let folder: string;
  let registry: TestRegistry;
  beforeAll(async () => {
    folder = `${await mkdtemp(join(tmpdir(), 'provisor-console-'))}/`;
    await mkdir(`${folder}assets`);
    await writeFile(`${folder}index.html`, html);
    await writeFile(`${folder}favicon.svg`, '<svg/>');
    await writeFile(`${folder}assets/index-A1b2C3.js`, script);
    await writeFile(`${folder}assets/index-A1b2C3.js.br`, brotliCompressSync(script));
    registry = await startRegistry({}, { consoleFolder: folder });
  });
  afterAll(async () => {
    await registry[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    registry.call('GET', path, { key: null, headers });

  it.each(['/', '/handlers', '/handlers/0193?tab=log', '/events?q=%22', '/apiary'])('is at %s', async (path) => {
    const { status, headers, body } = await get(path, browser);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toContain('<script src="/assets/index-A1b2C3.js">');
  });

  it('has a nonce for its styles, another each time, and none for scripts', async () => {
    const nonces = await Promise.all(
      ['/', '/', '/handlers'].map(async (path) => {
        const { headers, body } = await get(path, browser);
        const policy = headers.get('content-security-policy')!;
        const nonce = /style-src 'self' 'nonce-([\w+/=]{24})'/.exec(policy)?.[1];
        expect(body).toBe(html.replace('__CSP_NONCE__', nonce!));
        expect(policy).toContain("default-src 'self'");
        expect(policy).not.toMatch(/script-src|unsafe/);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  it('has files that are kept for ever where their name holds a hash, and are asked for anew where it does not', async () => {
    const asset = await get('/assets/index-A1b2C3.js', { 'accept-encoding': 'br' });
    expect(asset).toMatchObject({ status: 200, body: script });
    expect(asset.headers.get('content-encoding')).toBe('br');
    expect(asset.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const plain = await get('/assets/index-A1b2C3.js', { 'accept-encoding': 'identity' });
    expect([plain.body, plain.headers.get('content-encoding')]).toEqual([script, null]);
    expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it.each(['/api', '/api/v1/nowhere', '/assets/index-gone.js', '/assets/..%2f..%2fpackage.json', '/metrics/x'])(
    'is not at %s, for any caller',
    async (path) => {
      const { status, headers } = await get(path, browser);
      expect([status, headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')]);
    },
  );

  it('is not for who does not ask for a page', async () => {
    expect(await get('/handlers', { accept: 'application/json' })).toMatchObject({
      status: 404,
      body: { status: 404 },
    });
    const post = await registry.call('POST', '/handlers', { key: null, headers: browser });
    expect(post.status).toBe(404);
    expect((await get('/index.html.br', { accept: '*/*' })).status).toBe(404);
  });

  it('does not stand before the API', async () => {
    expect((await get('/healthz', browser)).body).toEqual({ status: 'ok' });
    expect((await get('/api/docs', browser)).body).toContain('swagger');
    expect((await get('/api/v1/handlers', browser)).status).toBe(401);
  });
});

it('where the console has not been built, / says so', async () => {
  await using registry = await startRegistry();
  expect(await registry.call('GET', '/')).toMatchObject({
    status: 200,
    body: expect.stringContaining('npm run build'),
  });
  expect((await registry.call('GET', '/handlers', { headers: browser })).status).toBe(404);
});
