import { addressRange, contains } from './address-range.ts';
import type { IpAddress } from './ip-address.ts';

/** Unicast addresses of the Internet: all of IPv4, and what IANA has given out of IPv6. */
const global = ['0.0.0.0/0', '2000::/3'].map(addressRange);

/**
 * What lies among them and is not of the Internet, by the registries of RFC 6890. What no handler may call in any case
 * (link-local, multicast, reserved) is refused before.
 */
const notPublic = [
  // Private (RFC 1918), of providers behind their own NAT (RFC 6598), loopback.
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8'],
  // For documentation, and for benchmarks.
  ...[
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '198.18.0.0/15',
    '2001:db8::/32',
    '3fff::/20',
    '2001:2::/48',
  ],
].map(addressRange);

/** Whether an address is one of the Internet, and neither private nor of this machine. */
export function isPublic(address: IpAddress): boolean {
  const inAny = (ranges: typeof global) => ranges.some((range) => contains(range, address));
  return inAny(global) && !inAny(notPublic);
}
