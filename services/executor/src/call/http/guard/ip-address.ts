import { isIP } from 'node:net';

/** An address as a number, which has one spelling only. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** `::ffff:0:0/96`: an IPv4 address as IPv6 sockets see it. It is connected to as IPv4, whatever it is written as. */
const mappedPrefix = 0xffffn;

/**
 * Reads an address as the system writes it.
 *
 * @returns undefined for what is none; also for one with a zone, which names a network card of this machine.
 */
export function parseAddress(text: string): IpAddress | undefined {
  // Node's own test is the same that it decides by whether a name has to be looked up.
  const family = text.includes('%') ? 0 : isIP(text);
  if (family === 4) return { family, value: ipv4Value(text) };
  if (family === 6) return unmapped(ipv6Value(text));
  return undefined;
}

/** The address as it is commonly written, for messages. */
export function addressText({ family, value }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  // The URL parser shortens as RFC 5952 wants it.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function unmapped(value: bigint): IpAddress {
  return value >> 32n === mappedPrefix ? { family: 4, value: value & 0xffffffffn } : { family: 6, value };
}

function ipv4Value(text: string): bigint {
  return text.split('.').reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function ipv6Value(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array<bigint>(8 - before.length - after.length).fill(0n);
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) | group, 0n);
}

/** Groups of 16 bits; a dotted end stands for two of them. */
function groupsOf(text: string): bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const value = ipv4Value(group);
    return [value >> 16n, value & 0xffffn];
  });
}
