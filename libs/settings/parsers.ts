import { isIP } from 'node:net';
import { isUriReference, parseDuration } from '#contracts';
import { isFieldPattern } from '#redaction';

/** Reads one setting's text; throws {@link BadValue} with what it should be. */
export type Parser<T> = (text: string) => T;

/** A setting that does not fit; the message completes "NAME must be …". */
export class BadValue extends Error {
  override readonly name = 'BadValue';
}

export const text: Parser<string> = (value) => value;

export function wholeNumber(min: number, max: number): Parser<number> {
  return (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max)
      throw new BadValue(`a whole number from ${min} to ${max}`);
    return number;
  };
}

export const port = wholeNumber(0, 65_535);

/** A written duration, in milliseconds. */
export const duration: Parser<number> = (value) => {
  const milliseconds = parseDuration(value);
  if (milliseconds === undefined || milliseconds === 0) throw new BadValue('a duration like 30s, 15m, 24h or 90d');
  return milliseconds;
};

export function oneOf<T extends string>(choices: readonly T[]): Parser<T> {
  return (value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new BadValue(`one of ${choices.join(', ')}`);
    return choice;
  };
}

export function url(...schemes: string[]): Parser<string> {
  return (value) => {
    const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : '';
    if (!schemes.includes(scheme))
      throw new BadValue(`a URL that starts with ${schemes.map((s) => `${s}://`).join(' or ')}`);
    return value;
  };
}

/** The `source` of CloudEvents. */
export const uriReference: Parser<string> = (value) => {
  if (!isUriReference(value)) throw new BadValue('a URI-reference like /billing or https://billing.example.org');
  return value;
};

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The URL of an identity provider, as its tokens spell it. Without TLS only on this machine: its keys decide who gets in. */
export const issuer: Parser<string> = (value) => {
  const { protocol, hostname } = URL.canParse(value) ? new URL(value) : { protocol: '', hostname: '' };
  if (protocol !== 'https:' && !(protocol === 'http:' && loopbackNames.has(hostname)))
    throw new BadValue('a URL that starts with https://, or with http:// and an address of this machine');
  return value;
};

export function atLeast(length: number): Parser<string> {
  return (value) => {
    if (value.length < length) throw new BadValue(`at least ${length} characters long`);
    return value;
  };
}

/** Items of a list that is written with a separator; empty ones do not count. */
export function list<T>(separator: string, parseItem: Parser<T>): Parser<T[]> {
  return (value) =>
    value
      .split(separator)
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map(parseItem);
}

/** Names of fields whose values are not shown; the word `none`: nothing is hidden. */
export const redactedFields: Parser<string[]> = (value) => {
  if (value.toLowerCase() === 'none') return [];
  const fields = list(',', text)(value);
  if (fields.length === 0 || !fields.every(isFieldPattern)) {
    throw new BadValue(
      'a comma-separated list of field names like password,*token*, in which * stands for any characters, or none',
    );
  }
  return fields;
};

/** A range of addresses, `10.0.0.0/8` or `fd00::/8`; a bare address is a range of one. */
export const cidr: Parser<string> = (value) => {
  const [address = '', prefix, ...rest] = value.split('/');
  // A zone (fe80::1%eth0) names a network card of this machine, and no range has one.
  const family = address.includes('%') ? 0 : isIP(address);
  const bits = family === 4 ? 32 : 128;
  const prefixFits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  if (family === 0 || rest.length > 0 || !prefixFits) {
    throw new BadValue('a comma-separated list of address ranges like 10.0.0.0/8,fd00::/8');
  }
  return prefix === undefined ? `${address}/${bits}` : value;
};
