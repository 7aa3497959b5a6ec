import { addressRange, type AddressRange } from './address-range.ts';

/** Addresses that no handler may call unless they are listed explicitly. */
export interface ForbiddenRange {
  readonly name: string;
  readonly range: AddressRange;
}

const named = (name: string, ...ranges: string[]): ForbiddenRange[] =>
  ranges.map((range) => ({ name, range: addressRange(range) }));

/**
 * The first that holds an address names it. Cloud metadata stands alone although much of it is link-local: who allows
 * link-local addresses does not mean the credentials of the machine.
 */
export const forbiddenRanges: readonly ForbiddenRange[] = [
  ...named(
    'cloud metadata',
    // AWS, Azure, Google, OpenStack, DigitalOcean, Hetzner, Oracle and most others.
    '169.254.169.254/32',
    // Credentials of AWS containers, on ECS and EKS.
    '169.254.170.2/32',
    '169.254.170.23/32',
    // Tencent, Scaleway.
    '169.254.0.23/32',
    '169.254.42.42/32',
    // Azure's wire server, Alibaba, Oracle's older cloud.
    '168.63.129.16/32',
    '100.100.100.200/32',
    '192.0.0.192/32',
    // AWS, Google and Scaleway over IPv6, OpenStack.
    'fd00:ec2::254/128',
    'fd00:ec2::23/128',
    'fd20:ce::254/128',
    'fd00:42::42/128',
    'fe80::a9fe:a9fe/128',
  ),
  ...named('unspecified', '0.0.0.0/8', '::/128'),
  ...named('link-local', '169.254.0.0/16', 'fe80::/10'),
  ...named('multicast', '224.0.0.0/4', 'ff00::/8'),
  ...named('broadcast', '255.255.255.255/32'),
  ...named('reserved', '240.0.0.0/4', '192.0.0.0/24', '192.88.99.0/24', '100::/64', 'fec0::/10'),
  // Teredo, and NAT64 with a local prefix: the address does not say where it leads.
  ...named('tunnel', '2001::/32', '64:ff9b:1::/48'),
];
