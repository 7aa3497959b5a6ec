import { addressRange, contains } from './address-range.ts';
import type { IpAddress } from './ip-address.ts';

const ipv4 = (value: bigint): IpAddress => ({ family: 4, value: value & 0xffffffffn });

/** NAT64 (RFC 6052): a gateway turns it into a call to the IPv4 address at its end. */
const nat64 = addressRange('64:ff9b::/96');

/** How addresses of IPv6 carry one of IPv4, besides mapped ones, which are IPv4 addresses from the start. */
const carriers = [
  { range: nat64, extract: ipv4 },
  // IPv4-compatible (RFC 4291, deprecated).
  { range: addressRange('::/96'), extract: ipv4 },
  // IPv4-translated (RFC 2765).
  { range: addressRange('::ffff:0:0:0/96'), extract: ipv4 },
  // 6to4 (RFC 3056).
  { range: addressRange('2002::/16'), extract: (value: bigint) => ipv4(value >> 80n) },
];

/** ISATAP (RFC 5214), under any prefix; the second bit says whether the IPv4 address is unique in the world. */
const isatap = (value: bigint): boolean => ((value >> 32n) & 0xfdffffffn) === 0x5efen;

/** The IPv4 address inside an IPv6 one: a router that forwards the packet may send it there. */
export function embeddedAddress(address: IpAddress): IpAddress | undefined {
  // Unspecified and loopback are no compatible addresses, though they lie among them.
  if (address.family === 4 || address.value <= 1n) return undefined;
  const carrier = carriers.find(({ range }) => contains(range, address));
  if (carrier) return carrier.extract(address.value);
  return isatap(address.value) ? ipv4(address.value) : undefined;
}

/** Where a connection really ends: of NAT64 that is the address inside. */
export function destination(address: IpAddress): IpAddress {
  return contains(nat64, address) ? ipv4(address.value) : address;
}
