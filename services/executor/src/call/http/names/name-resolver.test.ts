import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NameServer } from '../testing/name-server.ts';
import { NameResolver } from './name-resolver.ts';

let server: NameServer;
let now: number;
const never = new AbortController().signal;

beforeEach(async () => {
  server = await NameServer.listen();
  now = 0;
});
afterEach(() => server.close());

const resolver = (files: Parameters<NameServer['resolver']>[0] = {}): NameResolver =>
  new NameResolver({ ...server.resolver(files), now: () => now });

const addressesOf = async (names: NameResolver, name: string): Promise<string[]> =>
  (await names.find(name, never)).map(({ address }) => address);

describe('a name', () => {
  it('has the addresses of both families that its name servers say', async () => {
    server.zones.set('both.example', { addresses: ['192.0.2.1', '192.0.2.2', '2001:db8::1'] });
    const found = await resolver().find('both.example', never);
    expect(new Set(found.map(({ family, address }) => `${String(family)} ${address}`))).toEqual(
      new Set(['4 192.0.2.1', '4 192.0.2.2', '6 2001:db8::1']),
    );
  });

  it('may stand for another, and have an answer too long for UDP', async () => {
    server.zones.set('alias.example', { addresses: ['192.0.2.3'], alias: 'real.example' });
    server.zones.set('long.example', { byTcp: ['192.0.2.4'] });
    expect(await addressesOf(resolver(), 'alias.example')).toEqual(['192.0.2.3']);
    expect(await addressesOf(resolver(), 'long.example')).toEqual(['192.0.2.4']);
  });

  it.each(['my_service', 'xn--pfel-koa.example', 'UPPER.example'])('may be %s', async (name) => {
    server.zones.set(name.toLowerCase(), { addresses: ['192.0.2.5'] });
    expect(await addressesOf(resolver(), name)).toEqual(['192.0.2.5']);
  });

  it('does not wait for the family that its name servers never answer for', async () => {
    server.zones.set('half.example', ({ type }) => (type === 'A' ? { addresses: ['192.0.2.6'] } : 'silence'));
    const start = performance.now();
    expect(await addressesOf(resolver(), 'half.example')).toEqual(['192.0.2.6']);
    expect(performance.now() - start).toBeLessThan(900);
  });

  it('has the addresses of one family where the other fails', async () => {
    server.zones.set('v6.example', ({ type }) => (type === 'A' ? 'SERVFAIL' : { addresses: ['2001:db8::6'] }));
    server.zones.set('v4.example', ({ type }) => (type === 'A' ? { addresses: ['192.0.2.6'] } : 'NXDOMAIN'));
    expect(await addressesOf(resolver(), 'v6.example')).toEqual(['2001:db8::6']);
    expect(await addressesOf(resolver(), 'v4.example')).toEqual(['192.0.2.6']);
  });
});

describe('a name without an address', () => {
  it.each<[string, 'NXDOMAIN' | { addresses: string[] }]>([
    ['does not exist', 'NXDOMAIN'],
    ['has none', { addresses: [] }],
  ])('is a failure of the name when it %s', async (_, zone) => {
    server.zones.set('gone.example', zone);
    await expect(resolver().find('gone.example', never)).rejects.toMatchObject({ code: 'DNS_FAILURE' });
  });

  it.each(['a..b', `${'x'.repeat(64)}.example`, `${'x.'.repeat(130)}example`])(
    'also when it cannot exist: %s',
    async (name) => {
      server.otherwise = 'NXDOMAIN';
      await expect(resolver().find(name, never)).rejects.toMatchObject({ code: 'DNS_FAILURE' });
    },
  );

  it.each(['SERVFAIL', 'REFUSED', 'silence'] as const)(
    'is none of its own when the name servers say %s',
    async (zone) => {
      server.zones.set('unclear.example', zone);
      const failure = { code: 'DNS_UNAVAILABLE', message: expect.stringContaining('unclear.example') };
      await expect(resolver().find('unclear.example', never)).rejects.toMatchObject(failure);
    },
  );

  it('is none of its own when there is no name server at the address', async () => {
    const { resolverFile, hostsFile } = server.resolver();
    writeFileSync(resolverFile, 'nameserver [127.0.0.1]:9\noptions timeout:1 attempts:1\n');
    const failure = { code: 'DNS_UNAVAILABLE' };
    await expect(new NameResolver({ resolverFile, hostsFile }).find('any.example', never)).rejects.toMatchObject(
      failure,
    );
  });

  it('is given up within a few seconds, however many servers and tries there are', async () => {
    const start = performance.now();
    const options = `${server.line}\n${server.line}\noptions timeout:30 attempts:9`;
    await expect(resolver({ options }).find('silent.example', never)).rejects.toMatchObject({
      code: 'DNS_UNAVAILABLE',
    });
    expect(performance.now() - start).toBeGreaterThan(4_500);
    expect(performance.now() - start).toBeLessThan(7_500);
  });
});

describe('names that no name server is asked about', () => {
  it.each(['localhost', 'LocalHost', 'localhost.', 'crm.localhost'])('%s is this machine', async (name) => {
    expect(new Set(await addressesOf(resolver(), name))).toEqual(new Set(['127.0.0.1', '::1']));
  });

  it.each(['invalid', 'crm.invalid', 'crm.invalid.'])('%s never exists', async (name) => {
    await expect(resolver().find(name, never)).rejects.toMatchObject({ code: 'DNS_FAILURE' });
  });

  it('those of /etc/hosts have its addresses', async () => {
    const hosts = [
      '# a comment',
      '192.0.2.7\tcrm.example Crm  # another',
      '192.0.2.8 crm.example',
      '192.0.2.8 crm.example',
      '2001:db8::7 crm.example',
      'no-address other.example',
      '192.0.2.9 mine.localhost',
    ].join('\r\n');
    const names = resolver({ hosts });
    expect((await addressesOf(names, 'CRM.example.')).sort()).toEqual(['192.0.2.7', '192.0.2.8', '2001:db8::7']);
    expect(await addressesOf(names, 'crm')).toEqual(['192.0.2.7']);
    expect(await addressesOf(names, 'mine.localhost')).toEqual(['192.0.2.9']);
    expect(server.asked).toEqual([]);
  });

  it('change with /etc/hosts, within a second', async () => {
    const files = server.resolver({ hosts: '192.0.2.7 crm.example' });
    const names = new NameResolver({ ...files, now: () => now });
    expect(await addressesOf(names, 'crm.example')).toEqual(['192.0.2.7']);
    writeFileSync(files.hostsFile, '192.0.2.10 crm.example');
    now += 1_000;
    expect(await addressesOf(names, 'crm.example')).toEqual(['192.0.2.10']);
    rmSync(files.hostsFile);
    server.zones.set('crm.example', { addresses: ['192.0.2.11'] });
    now += 1_000;
    expect(await addressesOf(names, 'crm.example')).toEqual(['192.0.2.11']);
  });
});

describe('search domains', () => {
  const options = 'search ns.svc.cluster.local svc.cluster.local. cluster.local\noptions ndots:5 timeout:1';

  beforeEach(() => {
    server.otherwise = 'NXDOMAIN';
  });

  it('complete the short names of a cluster', async () => {
    server.zones.set('crm.ns.svc.cluster.local', { addresses: ['10.0.0.1'] });
    server.zones.set('crm.other.svc.cluster.local', { addresses: ['10.0.0.2'] });
    const names = resolver({ options });
    expect(await addressesOf(names, 'crm')).toEqual(['10.0.0.1']);
    expect(await addressesOf(names, 'crm.other')).toEqual(['10.0.0.2']);
  });

  it('come before the name itself where it has few dots, and after it where it has many', async () => {
    server.zones.set('api.example.com', { addresses: ['192.0.2.1'] });
    server.zones.set('api.example.com.cluster.local', { addresses: ['10.0.0.3'] });
    expect(await addressesOf(resolver({ options }), 'api.example.com')).toEqual(['10.0.0.3']);
    const few = options.replace('ndots:5', 'ndots:2');
    expect(await addressesOf(resolver({ options: few }), 'api.example.com')).toEqual(['192.0.2.1']);
  });

  it('are not used for a name that ends with a dot', async () => {
    server.zones.set('api.example.com', { addresses: ['192.0.2.1'] });
    server.zones.set('api.example.com.cluster.local', { addresses: ['10.0.0.3'] });
    expect(await addressesOf(resolver({ options }), 'api.example.com.')).toEqual(['192.0.2.1']);
  });

  it('leave a name unclear when one of them is, and none has it', async () => {
    server.zones.set('crm.svc.cluster.local', 'SERVFAIL');
    await expect(resolver({ options }).find('crm', never)).rejects.toMatchObject({ code: 'DNS_UNAVAILABLE' });
    server.zones.set('crm', { addresses: ['192.0.2.1'] });
    expect(await addressesOf(resolver({ options }), 'crm')).toEqual(['192.0.2.1']);
  });
});

/** A question is not asked again only because this process had no time to read the answer. */
const patient = { options: 'options timeout:5' };

describe('answers', () => {
  it('are shared by all that look for a name at the same time', async () => {
    server.zones.set('shared.example', { addresses: ['192.0.2.1'] });
    const names = resolver(patient);
    await Promise.all(Array.from({ length: 50 }, () => names.find('shared.example', never)));
    expect(server.questionsFor('shared.example')).toBe(2);
  });

  it.each([
    [0, 1_000],
    [10, 10_000],
    [86_400, 30_000],
  ])('that hold for %d s are kept for %d ms', async (ttl, keptMs) => {
    server.zones.set('kept.example', { addresses: ['192.0.2.1'], ttl });
    const names = resolver(patient);
    await names.find('kept.example', never);
    now += keptMs - 1;
    await names.find('kept.example', never);
    expect(server.questionsFor('kept.example')).toBe(2);
    now += 1;
    await names.find('kept.example', never);
    expect(server.questionsFor('kept.example')).toBe(4);
  });

  it.each(['NXDOMAIN', 'REFUSED'] as const)('that are none (%s) are kept for a second', async (zone) => {
    server.zones.set('soon.example', zone);
    const names = resolver({ options: 'options ndots:1 timeout:1 attempts:1' });
    await expect(names.find('soon.example', never)).rejects.toThrow();
    const asked = server.questionsFor('soon.example');
    await expect(names.find('soon.example', never)).rejects.toThrow();
    expect(server.questionsFor('soon.example')).toBe(asked);
    server.zones.set('soon.example', { addresses: ['192.0.2.1'] });
    now += 1_000;
    expect(await addressesOf(names, 'soon.example')).toEqual(['192.0.2.1']);
  });

  it('are forgotten when other name servers are asked', async () => {
    const other = await NameServer.listen();
    server.zones.set('moved.example', { addresses: ['192.0.2.1'] });
    other.zones.set('moved.example', { addresses: ['192.0.2.2'] });
    const files = server.resolver(patient);
    const names = new NameResolver({ ...files, now: () => now });
    expect(await addressesOf(names, 'moved.example')).toEqual(['192.0.2.1']);
    writeFileSync(files.resolverFile, `${other.line}\n`);
    now += 1_000;
    expect(await addressesOf(names, 'moved.example')).toEqual(['192.0.2.2']);
    await other.close();
  });

  it('of no more than so many names are kept', async () => {
    server.otherwise = { addresses: ['192.0.2.1'] };
    const names = resolver(patient);
    // Few at a time: the name server's socket drops questions that come faster than it reads.
    const atATime = 16;
    for (let first = 0; first < 1_152; first += atATime) {
      await Promise.all(
        Array.from({ length: atATime }, (_, index) => names.find(`n${String(first + index)}.example`, never)),
      );
    }
    await names.find('n1151.example', never);
    await names.find('n0.example', never);
    expect(server.questionsFor('n1151.example')).toBe(2);
    expect(server.questionsFor('n0.example')).toBe(4);
  });
});

describe('a name that the name servers could not tell', () => {
  const silent = { code: 'DNS_UNAVAILABLE' };

  async function inDoubt(): Promise<NameResolver> {
    const names = resolver({ options: 'options timeout:1 attempts:1' });
    await expect(names.find('doubtful.example', never)).rejects.toMatchObject(silent);
    now += 1_000;
    return names;
  }

  it('is not waited for as long the next time', async () => {
    const names = await inDoubt();
    const start = performance.now();
    await expect(names.find('doubtful.example', never)).rejects.toMatchObject(silent);
    expect(performance.now() - start).toBeLessThan(950);
    names.close();
  });

  it('is asked for all the same: a late answer is there for the next call', async () => {
    const names = await inDoubt();
    const asked = Promise.withResolvers<undefined>();
    const families = new Set<string>();
    server.zones.set('doubtful.example', ({ type }) => {
      if (families.add(type).size === 2) asked.resolve(undefined);
      return 'silence';
    });
    const waiting = new AbortController();
    const first = names.find('doubtful.example', waiting.signal);
    await asked.promise;
    waiting.abort();
    await expect(first).rejects.toMatchObject(silent);
    // The same search ends: a second one would ask again.
    const before = server.questionsFor('doubtful.example');
    await expect(names.find('doubtful.example', never)).rejects.toMatchObject(silent);
    expect(server.questionsFor('doubtful.example')).toBe(before);
    names.close();
  });

  it('is found again as soon as they can', async () => {
    const names = await inDoubt();
    server.zones.set('doubtful.example', { addresses: ['192.0.2.1'] });
    expect(await addressesOf(names, 'doubtful.example')).toEqual(['192.0.2.1']);
  });
});

describe('a search', () => {
  it('ends with the last who waits for it, and not before', async () => {
    const names = resolver();
    const [one, other] = [new AbortController(), new AbortController()];
    const ended = { code: 'DNS_UNAVAILABLE' };
    const first = names.find('silent.example', one.signal);
    const second = names.find('silent.example', other.signal);
    one.abort();
    await expect(first).rejects.toMatchObject(ended);
    server.zones.set('silent.example', { addresses: ['192.0.2.1'] });
    // The second try of the same query is answered.
    expect(await second).toHaveLength(1);

    const third = names.find('silence.example', other.signal);
    other.abort();
    await expect(third).rejects.toMatchObject(ended);
    server.zones.set('silence.example', { addresses: ['192.0.2.2'] });
    const start = performance.now();
    expect(await addressesOf(names, 'silence.example')).toEqual(['192.0.2.2']);
    expect(performance.now() - start).toBeLessThan(700);
  });

  it('is refused while hundreds of others have no answer, and takes nothing from those that are known', async () => {
    server.zones.set('known.example', { addresses: ['192.0.2.1'] });
    const names = resolver();
    await names.find('known.example', never);
    const searches = Array.from({ length: 256 }, (_, i) => names.find(`silent-${String(i)}.example`, never));
    const ended = Promise.allSettled(searches);
    await expect(names.find('one-more.example', never)).rejects.toMatchObject({ code: 'DNS_UNAVAILABLE' });
    expect(await addressesOf(names, 'known.example')).toEqual(['192.0.2.1']);
    names.close();
    expect((await ended).every(({ status }) => status === 'rejected')).toBe(true);
  });
});
