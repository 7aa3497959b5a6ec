import { addressRange, contains, isPartOf, type AddressRange } from './address-range.ts';
import { destination, embeddedAddress } from './embedded-address.ts';
import { forbiddenRanges } from './forbidden-ranges.ts';
import { addressText, parseAddress, type IpAddress } from './ip-address.ts';
import { isPublic } from './public-addresses.ts';

export interface AddressPolicyOptions {
  /** When there are any, only what they hold may be called; `public` holds the Internet without private networks. */
  allow?: readonly string[];
  /** Never called, whatever else is said. */
  deny?: readonly string[];
}

/**
 * Which addresses may be called. Where nothing is said: all but metadata of clouds, link-local, multicast and the like,
 * so also private ones and loopback, since that is where targets of provisioning live.
 */
export class AddressPolicy {
  readonly #allow: readonly AddressRange[];
  readonly #deny: readonly AddressRange[];
  readonly #allowsPublic: boolean;

  constructor({ allow = [], deny = [] }: AddressPolicyOptions = {}) {
    this.#allow = allow.filter((range) => range !== 'public').map(addressRange);
    this.#allowsPublic = allow.includes('public');
    this.#deny = deny.map(addressRange);
  }

  /** Why an address may not be called, with the address and the rule; undefined when it may. */
  refusal(text: string): string | undefined {
    const address = parseAddress(text);
    if (!address) return `${text} is no address that can be checked`;
    const inner = embeddedAddress(address);
    const rule = this.#ruleAgainst(address) ?? (inner && this.#ruleAgainst(inner));
    if (rule) return `${written(text, inner ?? address)} is ${rule}`;
    const end = destination(address);
    const allowsAll = this.#allow.length === 0 && !this.#allowsPublic;
    if (allowsAll || this.#allow.some((range) => contains(range, end) || contains(range, address))) return undefined;
    // An address inside another may be where the packet ends: neither of them may be private.
    if (this.#allowsPublic && isPublic(end) && (inner === undefined || isPublic(inner))) return undefined;
    return `${written(text, end)} is in no range of HTTP_ALLOW_CIDRS`;
  }

  #ruleAgainst(address: IpAddress): string | undefined {
    const denied = this.#deny.find((range) => contains(range, address));
    if (denied) return `in ${denied.text} of HTTP_DENY_CIDRS`;
    const forbidden = forbiddenRanges.find(({ range }) => contains(range, address) && !this.#opens(range, address));
    return forbidden && `${forbidden.name} (${forbidden.range.text}), which HTTP_ALLOW_CIDRS does not list by itself`;
  }

  /**
   * Only a range that lies inside opens a forbidden one: 0.0.0.0/0 says "all of it", and does not mean the metadata.
   */
  #opens(forbidden: AddressRange, address: IpAddress): boolean {
    return this.#allow.some((range) => isPartOf(range, forbidden) && contains(range, address));
  }
}

/** As given, and its meaning if that reads differently. */
function written(text: string, meaning: IpAddress): string {
  const plain = addressText(meaning);
  return plain === text ? text : `${text} (${plain})`;
}

/** A call that may not be made because of where it would go. Nothing was sent. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly code = 'ADDRESS_REFUSED';
}

/**
 * The URL of a call. Its parser turns every spelling of an IPv4 address (decimal, octal, hexadecimal, shortened, with a
 * dot at its end) into the usual one, and refuses IPv6 zones.
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
