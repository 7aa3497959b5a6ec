import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startRegistry, type TestRegistry } from '../testing/registry.ts';

describe('the security headers', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(async () => registry[Symbol.asyncDispose]());

  it.each([
    '/',
    '/healthz',
    '/api/docs',
    '/api/docs/swagger-ui.css',
    '/api/v1/handlers',
    '/api/v1/openapi.json',
    '/nowhere',
  ])('stand on %s', async (path) => {
    const { headers } = await registry.call('GET', path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src '(self|none)';.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('let a page run nothing but files of this server', async () => {
    for (const path of ['/', '/api/docs']) {
      const policy = (await registry.call('GET', path)).headers.get('content-security-policy')!;
      expect(policy).not.toContain('script-src');
      expect(policy.replace("style-src 'self' 'unsafe-inline'", '')).not.toContain('unsafe');
      expect(policy).not.toContain('http');
    }
  });

  it('leave the pages of the API what they need: their scripts are files, their styles may be within', async () => {
    const { headers, body } = await registry.call('GET', '/api/docs');
    const page = body as string;
    expect(headers.get('content-security-policy')).toContain("style-src 'self' 'unsafe-inline'");
    expect(page).toMatch(/<script src="[^"]+">/);
    expect(page.replaceAll(/<script src="[^"]+"> ?<\/script>/g, '')).not.toMatch(/<script|javascript:|\son\w+=/i);
  });

  it('keep answers of the API out of caches, errors too', async () => {
    for (const path of ['/api/v1/handlers', '/api/v1/handlers/x', '/api/v1/nowhere']) {
      expect((await registry.call('GET', path)).headers.get('cache-control')).toBe('no-store');
    }
  });
});
