import { describe, expect, it } from '@jest/globals';
import { startRegistry, testKey, type TestRegistry } from '../testing/registry.ts';

const forwarded = {
  'x-forwarded-for': '203.0.113.7, 198.51.100.2',
  'x-forwarded-host': 'provisor.example',
  'x-forwarded-proto': 'https',
};

describe('where a request comes from', () => {
  /** The address that the audit has for the last thing that was done. */
  async function addressSeen(registry: TestRegistry): Promise<unknown> {
    await registry.call('POST', '/api/v1/catalog/reload', { headers: forwarded });
    const { body } = await registry.call('GET', '/api/v1/audit?action=catalog.reload&limit=1');
    return body.items[0].address;
  }

  it('is the connection, whatever the request says', async () => {
    await using registry = await startRegistry();
    expect(await addressSeen(registry)).toBe('127.0.0.1');
  });

  it('is what a trusted proxy says, as far as the proxies before it are trusted', async () => {
    await using registry = await startRegistry({ trustedProxies: ['127.0.0.1/32'] });
    expect(await addressSeen(registry)).toBe('198.51.100.2');
    await using behindTwo = await startRegistry({ trustedProxies: ['127.0.0.1/32', '198.51.100.0/24'] });
    expect(await addressSeen(behindTwo)).toBe('203.0.113.7');
  });

  it('a session changes things from pages of the host that the proxy says', async () => {
    await using registry = await startRegistry({ trustedProxies: ['127.0.0.1/32'] });
    const signedIn = await registry.call('POST', '/api/v1/session', {
      key: null,
      body: { key: testKey },
      headers: { ...forwarded, origin: 'https://provisor.example' },
    });
    expect(signedIn.status).toBe(200);
    const [set] = signedIn.headers.getSetCookie();
    expect(set).toMatch(/; Secure$/);
    const reload = async (origin: string): Promise<number> => {
      const headers = { ...forwarded, cookie: set!.split(';')[0]!, origin };
      return (await registry.call('POST', '/api/v1/catalog/reload', { key: null, headers })).status;
    };
    expect(await reload('https://provisor.example')).toBe(202);
    expect(await reload(registry.url)).toBe(403);
  });
});
