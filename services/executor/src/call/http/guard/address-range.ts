import { parseAddress, type IpAddress } from './ip-address.ts';

/** Addresses that begin with the same bits. */
export interface AddressRange {
  /** As it was written, for messages. */
  readonly text: string;
  readonly family: 4 | 6;
  /** The bits after the prefix. */
  readonly hostBits: bigint;
  /** The bits of the prefix. */
  readonly prefix: bigint;
}

/** @param text `10.0.0.0/8`, `fd00::/8`; bits beyond the prefix do not count. */
export function addressRange(text: string): AddressRange {
  const [address = '', bits = ''] = text.split('/');
  const parsed = parseAddress(address);
  if (!parsed) throw new TypeError(`${text} is no range of addresses`);
  const written = address.includes(':') ? 128 : 32;
  // A range of mapped addresses is one of IPv4 addresses; one that is wider than all of them is one of IPv6.
  const wider = written === 128 && parsed.family === 4 && Number(bits) < 96;
  const family = wider ? 6 : parsed.family;
  const value = wider ? (0xffffn << 32n) | parsed.value : parsed.value;
  const hostBits = BigInt(written - Number(bits));
  return { text, family, hostBits, prefix: value >> hostBits };
}

export function contains(range: AddressRange, { family, value }: IpAddress): boolean {
  return range.family === family && value >> range.hostBits === range.prefix;
}

/** Whether all of `inner` lies in `outer`. */
export function isPartOf(inner: AddressRange, outer: AddressRange): boolean {
  if (inner.hostBits > outer.hostBits) return false;
  return contains(outer, { family: inner.family, value: inner.prefix << inner.hostBits });
}
