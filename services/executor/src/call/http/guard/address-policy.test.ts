import { describe, expect, it } from '@jest/globals';
import { AddressPolicy, targetUrl } from './address-policy.ts';

/** The address that a connection to a URL would be made to, where the URL names one. */
const hostOf = (url: string) => targetUrl(url).hostname.replace(/^\[|\]$/g, '');

/** From published lists of ways round address filters; each is an address of a cloud's metadata. */
const metadataUrls = [
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.169.254./',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0xA9.0xFE.0xA9.0xFE/',
  'http://0xa9.254.0251.254/',
  'http://025177524776/',
  'http://0251.0376.0251.0376/',
  'http://0251.00376.000251.0000376/',
  'http://169.254.43518/',
  'http://169.16689662/',
  'http://0xa9.0xfea9fe/',
  'http://169。254。169。254/',
  'http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/',
  'http://169.254.169.25%34/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::FFFF:A9FE:A9FE]/',
  'http://[0:0:0:0:0:ffff:a9fe:a9fe]/',
  'http://[0000:0000:0000:0000:0000:ffff:169.254.169.254]/',
  'http://[::169.254.169.254]/',
  'http://[::a9fe:a9fe]/',
  'http://[::ffff:0:169.254.169.254]/',
  'http://[64:ff9b::169.254.169.254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[2002:a9fe:a9fe::]/',
  'http://[2002:a9fe:a9fe::1]/',
  'http://[2001:db8::5efe:a9fe:a9fe]/',
  'http://[2001:db8::200:5efe:169.254.169.254]/',
  'http://[fe80::5efe:169.254.169.254]/',
  'http://[fd00:ec2::254]/',
  'http://[fd00:0ec2:0:0:0:0:0:254]/',
  'http://[fd20:ce::254]/',
  'http://[fe80::a9fe:a9fe]/',
  'http://168.63.129.16/',
  'http://0xa83f8110/',
  'http://100.100.100.200/',
  'http://1684301000/',
  'http://192.0.0.192/',
  'http://169.254.170.2/v2/credentials',
  'https://169.254.169.254/',
];

const loopbackUrls = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://017700000001/',
  'http://0177.0.0.01/',
  'http://127.127.127.127/',
  'http://127.0.0.1./',
  'http://１２７.０.０.１/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[0000::0001]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
];

describe('where nothing is said', () => {
  const policy = new AddressPolicy();

  it.each(metadataUrls)('the metadata of a cloud is not called: %s', (url) => {
    expect(policy.refusal(hostOf(url))).toMatch(/is (cloud metadata|link-local|reserved)/);
  });

  it.each([
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['::ffff:0.0.0.0', 'unspecified'],
    ['::2', 'unspecified'],
    ['64:ff9b::', 'unspecified'],
    ['169.254.0.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['febf:ffff::1', 'link-local'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['240.0.0.1', 'reserved'],
    ['fec0::1', 'reserved'],
    ['2001:0:7f00:1::', 'tunnel'],
    ['2001::1', 'tunnel'],
    ['64:ff9b:1::a9fe:a9fe', 'tunnel'],
    ['64:ff9b:1:7f00:0:100::', 'tunnel'],
  ])('%s is not called: %s', (address, rule) => {
    expect(policy.refusal(address)).toContain(` is ${rule} (`);
  });

  it.each([
    ...loopbackUrls,
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://[fd12:3456::1]/',
    'http://8.8.8.8/',
    'http://[2001:4860:4860::8888]/',
    'http://[64:ff9b::808:808]/',
    'http://169.253.255.255/',
    'http://223.255.255.255/',
  ])('targets are called, be they private, this machine or the world: %s', (url) => {
    expect(policy.refusal(hostOf(url))).toBeUndefined();
  });

  it.each(['fe80::1%eth0', '::1%lo', '127.0.0.1%25', '', 'localhost', '1.2.3', '::ffff:1.2.3', '0x7f000001'])(
    'what is no address is not called: %p',
    (text) => {
      expect(policy.refusal(text)).toContain('no address that can be checked');
    },
  );
});

describe('HTTP_ALLOW_CIDRS', () => {
  it.each([...loopbackUrls, ...metadataUrls])('leaves nothing else: %s', (url) => {
    expect(new AddressPolicy({ allow: ['203.0.113.0/24'] }).refusal(hostOf(url))).toBeDefined();
  });

  it('lets be called what it lists, also through NAT64', () => {
    const policy = new AddressPolicy({ allow: ['203.0.113.0/24', 'fd00:1::/32'] });
    for (const address of ['203.0.113.7', '::ffff:203.0.113.7', '64:ff9b::203.0.113.7', 'fd00:1::7']) {
      expect(policy.refusal(address)).toBeUndefined();
    }
    expect(policy.refusal('203.0.114.7')).toBe('203.0.114.7 is in no range of HTTP_ALLOW_CIDRS');
    // The sender chooses the inner address, which says nothing about where the outer one is.
    expect(policy.refusal('2001:db8::5efe:203.0.113.7')).toBeDefined();
  });

  it.each(['0.0.0.0/0', '::/0', '169.0.0.0/8', '::ffff:0:0/96'])('does not mean the metadata by %s', (range) => {
    const policy = new AddressPolicy({ allow: [range, '0.0.0.0/0', '::/0'] });
    for (const url of metadataUrls) expect(policy.refusal(hostOf(url))).toBeDefined();
    expect(policy.refusal('127.0.0.1')).toBeUndefined();
  });

  it('opens metadata when it lists the address, and link-local without metadata when it lists that', () => {
    const metadata = new AddressPolicy({ allow: ['169.254.169.254/32'] });
    expect(metadata.refusal('169.254.169.254')).toBeUndefined();
    expect(metadata.refusal('::ffff:a9fe:a9fe')).toBeUndefined();
    expect(metadata.refusal('169.254.169.253')).toBeDefined();
    const linkLocal = new AddressPolicy({ allow: ['169.254.0.0/16', 'fe80::/10'] });
    expect(linkLocal.refusal('169.254.1.1')).toBeUndefined();
    expect(linkLocal.refusal('fe80::1')).toBeUndefined();
    expect(linkLocal.refusal('169.254.169.254')).toContain('cloud metadata');
  });
});

describe('HTTP_ALLOW_CIDRS with the word public', () => {
  const policy = new AddressPolicy({ allow: ['public', '10.20.30.0/24'] });

  it.each(['1.1.1.1', '172.32.0.1', '2606:4700::1111', '64:ff9b::101:101', '::ffff:8.8.8.8', '10.20.30.7'])(
    'lets %s be called',
    (address) => {
      expect(policy.refusal(address)).toBeUndefined();
    },
  );

  it.each([
    '10.20.31.7',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '::1',
    'fd00::1',
    '192.0.2.1',
    '2001:db8::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::1',
    '4000::1',
    '169.254.169.254',
  ])('keeps %s from being called', (address) => {
    expect(policy.refusal(address)).toMatch(/HTTP_ALLOW_CIDRS/);
  });

  it('opens nothing against HTTP_DENY_CIDRS', () => {
    expect(new AddressPolicy({ allow: ['public'], deny: ['1.0.0.0/8'] }).refusal('1.1.1.1')).toContain('1.0.0.0/8');
  });
});

describe('HTTP_DENY_CIDRS', () => {
  const policy = new AddressPolicy({ allow: ['10.0.0.0/8'], deny: ['10.1.0.0/16', 'fd00::/8'] });

  it.each(['10.1.2.3', '::ffff:10.1.2.3', '::ffff:a01:203', '64:ff9b::a01:203', '2002:a01:203::', 'fd00::1'])(
    'wins over everything: %s',
    (address) => {
      expect(policy.refusal(address)).toContain('of HTTP_DENY_CIDRS');
    },
  );

  it('takes away no more than it lists, and names address and rule', () => {
    expect(policy.refusal('10.2.0.1')).toBeUndefined();
    expect(policy.refusal('::ffff:a01:203')).toBe('::ffff:a01:203 (10.1.2.3) is in 10.1.0.0/16 of HTTP_DENY_CIDRS');
  });
});

describe('a URL', () => {
  it.each([
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_INFO',
    'dict://127.0.0.1:11211/',
    'data:text/plain,hello',
    'javascript:alert(1)',
    'unix:///var/run/docker.sock',
    'http://[fe80::1%25eth0]/',
    'http://[fe80::1%eth0]/',
    'http://127.0.0.1.5.6.7/',
    'http://0x1ffffffff/',
    'http://256.256.256.256/',
    'http://[::ffff:127.0.0.1',
    'http://',
    '//127.0.0.1/',
  ])('that is not http or https, or has a host of no meaning, is refused: %s', (url) => {
    expect(() => targetUrl(url)).toThrow(expect.objectContaining({ code: 'ADDRESS_REFUSED' }));
  });

  it.each([
    ['http://127.0.0.1:80@203.0.113.7/', '203.0.113.7'],
    ['http://203.0.113.7#@127.0.0.1/', '203.0.113.7'],
    ['http://203.0.113.7\\@127.0.0.1/', '203.0.113.7'],
    ['http://127.0.0.1\t/', '127.0.0.1'],
  ])('means one host, the one that is checked: %s', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });
});
