import { randomInt } from 'node:crypto';

/** Where a broker is, and how to log in to it. Files are named, not read: what they hold may change while we run. */
export interface BrokerAddress {
  /** The nodes of one broker, each with user and virtual host; tried in turn. */
  readonly urls: readonly string[];
  /** Holds the password, in place of those in the URLs. */
  readonly passwordFile?: string | undefined;
  /** The authorities (PEM) that have signed the nodes' certificates; those of the system where none is named. */
  readonly caFile?: string | undefined;
  /** Our own certificate and its key (PEM), for brokers that ask for one. A URL without a user then logs in by it. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** The address as it was given, or that of the one node that a URL names. */
export function toAddress(address: string | BrokerAddress): BrokerAddress {
  return typeof address === 'string' ? { urls: [address] } : address;
}

/** The same nodes in the same circle, from a random one on: that many clients at once are not all at the first. */
export function spread(address: BrokerAddress): BrokerAddress {
  const start = randomInt(address.urls.length);
  return { ...address, urls: [...address.urls.slice(start), ...address.urls.slice(0, start)] };
}
