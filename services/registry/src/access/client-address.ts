import { isIPv6 } from 'node:net';

/**
 * Whom an address is taken for: itself, or for IPv6 the network of 64 bits that it lies in, since one machine has all
 * of the addresses in it at its disposal.
 */
export function clientOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const bare = address.replace(/%.*$/, '');
  return isIPv6(bare) ? `${wholeGroups(bare).slice(0, 4).join(':')}::/64` : address;
}

/** The eight groups of an IPv6 address, as far as they are hexadecimal, which the first four always are here. */
function wholeGroups(address: string): string[] {
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''));
  const missing = Math.max(0, 8 - before!.length - after!.length);
  return [...before!, ...Array<string>(missing).fill('0'), ...after!].map((group) => group.replace(/^0+(?=.)/, ''));
}
