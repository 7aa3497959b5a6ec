import { AddressRefused } from './address-refused.ts';

/**
 * The URL of a call. Its parser turns every spelling of an IPv4 address (decimal, octal, hexadecimal, shortened, with a dot at
 * its end) into the usual one, and refuses IPv6 zones.
 *
 * @throws {AddressRefused} When it is no URL, or has another scheme than http and https.
 */
export function targetUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url) throw new AddressRefused(`${text} is no URL that can be called`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new AddressRefused(`${text} may not be called: only http and https are`);
  }
  return url;
}
