import { describe, expect, it } from '@jest/globals';
import {
  atLeast,
  BadValue,
  cidr,
  duration,
  list,
  oneOf,
  port,
  text,
  url,
  wholeNumber,
  type Parser,
} from './parsers.ts';

function refusal(parse: Parser<unknown>, value: string): string {
  try {
    parse(value);
  } catch (error) {
    if (error instanceof BadValue) return error.message;
    throw error;
  }
  throw new Error(`${value} was accepted`);
}

describe('a range of addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.7/32', '192.0.2.7/32'],
    ['fd00::/8', 'fd00::/8'],
    ['::/0', '::/0'],
    ['2001:db8::1/128', '2001:db8::1/128'],
    ['192.0.2.7', '192.0.2.7/32'],
    ['::1', '::1/128'],
  ])('%s is read as %s', (value, range) => {
    expect(cidr(value)).toBe(range);
  });

  it.each([
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/8.5',
    '10.0.0',
    '256.0.0.1/8',
    'fd00::/129',
    'fe80::1%eth0/64',
    '/8',
    'localhost',
    'any',
  ])('%s is none', (value) => {
    expect(refusal(cidr, value)).toBe('a comma-separated list of address ranges like 10.0.0.0/8,fd00::/8');
  });
});

describe('a list', () => {
  it.each([
    ['a:b', ['a', 'b']],
    [' a : b ', ['a', 'b']],
    ['a::b:', ['a', 'b']],
    ['a', ['a']],
    [':', []],
  ])('%j has its items without blanks and without empty ones', (value, items) => {
    expect(list(':', text)(value)).toEqual(items);
  });

  it('is as bad as its worst item', () => {
    expect(refusal(list(',', cidr), '10.0.0.0/8,nonsense')).toContain('10.0.0.0/8,fd00::/8');
  });
});

describe('a duration', () => {
  it('is in milliseconds', () => {
    expect(['250ms', '24h', '90d'].map(duration)).toEqual([250, 86_400_000, 7_776_000_000]);
  });

  it.each(['0s', '24', '24 h', '-1h', 'a day'])('is not %j', (value) => {
    expect(refusal(duration, value)).toBe('a duration like 500ms, 30s, 15m, 24h or 90d');
  });
});

describe('a URL', () => {
  const parse = url('postgres', 'postgresql');

  it.each(['postgres://user:password@host:5432/provisor', 'postgresql://host/db', 'postgres:///db?host=/var/run'])(
    'of a scheme that is wanted is taken as it is: %s',
    (value) => {
      expect(parse(value)).toBe(value);
    },
  );

  it.each(['host:5432', 'mysql://host/db', 'http://host', '/var/run', 'postgres', '//host'])('is not %s', (value) => {
    expect(refusal(parse, value)).toBe('a URL that starts with postgres:// or postgresql://');
  });
});

describe('a number', () => {
  it('is whole and within its bounds', () => {
    expect(['1', '16', '1024'].map(wholeNumber(1, 1024))).toEqual([1, 16, 1024]);
    expect(['0', '65535'].map(port)).toEqual([0, 65_535]);
  });

  it.each(['0', '1025', '-1', '1.5', '1e2', '0x10', 'many', '1 000', '9'.repeat(400)])('is not %s', (value) => {
    expect(refusal(wholeNumber(1, 1024), value)).toBe('a whole number from 1 to 1024');
  });
});

describe('a choice', () => {
  it('is one of those that there are, spelled the same', () => {
    expect(oneOf(['info', 'debug'])('debug')).toBe('debug');
    expect(refusal(oneOf(['info', 'debug']), 'DEBUG')).toBe('one of info, debug');
  });
});

describe('a secret', () => {
  it('is not too short', () => {
    expect(atLeast(8)('12345678')).toBe('12345678');
    expect(refusal(atLeast(8), '1234567')).toBe('at least 8 characters long');
  });
});
