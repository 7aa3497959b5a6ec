import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';

const loopback: readonly LookupAddress[] = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
];

/**
 * The addresses of names that no name server is asked about (RFC 6761): `localhost` is this machine, and `invalid`
 * never exists. Undefined for all other names.
 */
export function specialAddresses(name: string): readonly LookupAddress[] | undefined {
  if (name === 'localhost' || name.endsWith('.localhost')) return loopback;
  if (name === 'invalid' || name.endsWith('.invalid')) return [];
  return undefined;
}

/** The addresses of names by `/etc/hosts` (hosts(5)). Names are in lower case, without a dot at their end. */
export function parseHosts(text = ''): Map<string, LookupAddress[]> {
  const hosts = new Map<string, LookupAddress[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names) add(hosts, name.toLowerCase().replace(/\.$/, ''), { address, family });
  }
  return hosts;
}

function add(hosts: Map<string, LookupAddress[]>, name: string, entry: LookupAddress): void {
  const known = hosts.get(name);
  if (!known) hosts.set(name, [entry]);
  else if (!known.some(({ address }) => address === entry.address)) known.push(entry);
}
