import { BlockList, isIP } from 'node:net';
import { durationForm, isUriReference, parseDuration } from '#contracts';
import { isFieldPattern } from '#redaction';

/** Reads one setting's text; throws {@link BadValue} with what it should be. */
export interface Parser<T> {
  (text: string): T;
  /** What it should be; completes "NAME must be …". */
  readonly what: string;
}

/** A setting that does not fit; the message completes "NAME must be …". */
export class BadValue extends Error {
  override readonly name = 'BadValue';
}

/** @param read Undefined says that the text does not fit; a {@link BadValue} says it more exactly than `what`. */
export function parser<T>(what: string, read: (text: string) => T | undefined): Parser<T> {
  const parse = (text: string): T => {
    const value = read(text);
    if (value === undefined) throw new BadValue(what);
    return value;
  };
  return Object.assign(parse, { what });
}

export const text = parser('any text', (value) => value);

export function wholeNumber(min: number, max: number): Parser<number> {
  return parser(`a whole number from ${min} to ${max}`, (value) => {
    const number = Number(value);
    return /^\d+$/.test(value) && number >= min && number <= max ? number : undefined;
  });
}

export const port = wholeNumber(0, 65_535);

/** A written duration, in milliseconds. */
export const duration = parser(durationForm, (value) => {
  const milliseconds = parseDuration(value);
  return milliseconds === 0 ? undefined : milliseconds;
});

export function oneOf<T extends string>(choices: readonly T[]): Parser<T> {
  return parser(`one of ${choices.join(', ')}`, (value) => choices.find((choice) => choice === value));
}

export function url(...schemes: string[]): Parser<string> {
  return parser(`a URL that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`, (value) => {
    const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : '';
    return schemes.includes(scheme) ? value : undefined;
  });
}

/** What addresses of pages begin with, without a slash at its end. */
export const publicUrl = parser('an http:// or https:// URL without query or fragment', (value) => {
  const parsed = URL.parse(value);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || /[?#@]/.test(value)) return undefined;
  return parsed.href.replace(/\/+$/, '');
});

/** The `source` of CloudEvents. */
export const uriReference = parser('a URI-reference like /billing or https://billing.example.org', (value) =>
  isUriReference(value) ? value : undefined,
);

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The URL of an identity provider, as its tokens spell it. Without TLS only on this machine: its keys decide who gets
 * in.
 */
export const issuer = parser(
  'a URL that starts with https://, or with http:// and an address of this host',
  (value) => {
    const { protocol, hostname } = URL.canParse(value) ? new URL(value) : { protocol: '', hostname: '' };
    return protocol === 'https:' || (protocol === 'http:' && loopbackNames.has(hostname)) ? value : undefined;
  },
);

export function atLeast(length: number): Parser<string> {
  return parser(`at least ${length} characters long`, (value) => (value.length < length ? undefined : value));
}

/**
 * Items of a list that is written with a separator; empty ones do not count.
 *
 * @param what Of the whole list; where it is left out, what an item says of itself speaks of the list.
 */
export function list<T>(separator: string, item: Parser<T>, what = item.what): Parser<T[]> {
  return parser(what, (value) =>
    value
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(item),
  );
}

/** Names of fields whose values are not shown; the word `none`: nothing is hidden. */
export const redactedFields = parser(
  'a comma-separated list of field names like password,*token*, in which * stands for any characters, or none',
  (value) => {
    if (value.toLowerCase() === 'none') return [];
    const fields = list(',', text)(value);
    return fields.length > 0 && fields.every(isFieldPattern) ? fields : undefined;
  },
);

/** Stands for the addresses of the Internet: none that are private, of this machine or special. */
export const publicAddresses = 'public';

/** A range of addresses, `10.0.0.0/8` or `fd00::/8`; a bare address is a range of one. */
export const cidr = parser('a comma-separated list of address ranges like 10.0.0.0/8,fd00::/8', readRange);

/** A range as {@link cidr} reads it, or {@link publicAddresses}. */
export const cidrOrPublic = parser(
  `${cidr.what}; the word ${publicAddresses} stands for the Internet without private networks`,
  (value) => (value === publicAddresses ? value : readRange(value)),
);

function readRange(value: string): string | undefined {
  const [address = '', prefix, ...rest] = value.split('/');
  // A zone (fe80::1%eth0) names a network card of this machine, and no range has one.
  const family = address.includes('%') ? 0 : isIP(address);
  const bits = family === 4 ? 32 : 128;
  const prefixFits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  if (family === 0 || rest.length > 0 || !prefixFits) return undefined;
  return prefix === undefined ? `${address}/${bits}` : value;
}

/** Whether all of a range lies in another one; both as {@link cidr} gives them. */
export function liesIn(inner: string, outer: string): boolean {
  const [[first = '', innerBits], [base = '', outerBits]] = [inner.split('/'), outer.split('/')];
  const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
  if (family(first) !== family(base) || Number(outerBits) > Number(innerBits)) return false;
  const range = new BlockList();
  range.addSubnet(base, Number(outerBits), family(base));
  return range.check(first, family(first));
}
