import { describe, expect, it } from '@jest/globals';
import { emailAddressFault } from './text-formats.ts';

describe('an e-mail address', () => {
  it.each(['ops@example.org', 'a.b+tag@sub.example.org', "o'neil@example.org", 'root@localhost', 'ops@bücher.example'])(
    '%s is taken',
    (address) => expect(emailAddressFault(address)).toBeUndefined(),
  );

  it.each([
    '',
    '@',
    'ops',
    'ops@',
    '@example.org',
    'a b@example.org',
    'a@b@c',
    'Ops <ops@example.org>',
    '.a@example.org',
    'a..b@example.org',
    'a@-example.org',
    'a@example..org',
    'a@example.org.',
    'a@example.org\r\nBcc: b@example.org',
    'a\n@example.org',
    'a@exam\tple.org',
    'ü@example.org',
    'a@example.org,b@example.org',
    '<a@example.org>',
    7,
    null,
    `${'x'.repeat(65)}@example.org`,
    `a@${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(60)}.${'v'.repeat(60)}`,
  ])('%j is refused', (address) => expect(emailAddressFault(address)).toMatch(/^must /));
});
