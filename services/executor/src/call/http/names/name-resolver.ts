import type { LookupAddress } from 'node:dns';
import { parseHosts, specialAddresses } from './local-names.ts';
import { NameFailure, NameQuery, type NameAnswer } from './name-query.ts';
import { parseResolverFile, type ResolverFile } from './resolver-file.ts';
import { WatchedFile } from './watched-file.ts';
import { networkInterfaces } from 'node:os';

/** Names that are asked for at a time. */
const maxSearches = 256;
/** Names whose answers are kept. */
const maxKnown = 1_024;
/** An answer is kept for as long as the name servers say, within these bounds, milliseconds. */
const keptMs = { least: 1_000, most: 30_000 };
/** That there is no answer is kept for this long, milliseconds. */
const keptFailureMs = 1_000;
/**
 * How long a call waits for a name that the name servers could not tell the last time, milliseconds. Calls that each
 * wait for the whole of a search would fill the executor for as long as the name stays dead.
 */
const doubtfulPatienceMs = 500;

/** Knows the addresses of names. */
export interface Names {
  /**
   * The addresses of a name, in the order in which they are to be tried.
   *
   * @param signal Ends the waiting.
   * @throws {NameFailure}
   */
  find(name: string, signal: AbortSignal): Promise<readonly LookupAddress[]>;
  /** Ends all waiting. */
  close(): void;
}

export interface NameResolverOptions {
  hostsFile?: string;
  resolverFile?: string;
  /** Milliseconds since whenever; that of the process by default. */
  now?: () => number;
}

interface Known {
  readonly result: readonly LookupAddress[] | NameFailure;
  readonly until: number;
}

/** A name that is being asked for, and for how many. */
interface Search {
  readonly query: NameQuery;
  /**
   * Why the search before had no answer. Such a search goes on when no call waits for it, so that the next one has it.
   */
  readonly doubt: NameFailure | undefined;
  waiting: number;
}

/**
 * Finds the addresses of names by `/etc/hosts` and the name servers of `/etc/resolv.conf`. All that look for a name at
 * the same time share one query, which ends with the last of them.
 */
export class NameResolver implements Names {
  readonly #hosts: WatchedFile<Map<string, LookupAddress[]>>;
  readonly #file: WatchedFile<ResolverFile>;
  readonly #now: () => number;
  readonly #searches = new Map<string, Search>();
  /** The one that was learned first is first. */
  readonly #known = new Map<string, Known>();
  #knownBy: ResolverFile | undefined;

  constructor({
    hostsFile = '/etc/hosts',
    resolverFile = '/etc/resolv.conf',
    now = () => performance.now(),
  }: NameResolverOptions = {}) {
    this.#hosts = new WatchedFile(hostsFile, parseHosts, now);
    this.#file = new WatchedFile(resolverFile, parseResolverFile, now);
    this.#now = now;
  }

  async find(hostname: string, signal: AbortSignal): Promise<readonly LookupAddress[]> {
    const name = hostname.toLowerCase();
    const bare = name.replace(/\.$/, '');
    const local = this.#hosts.value.get(bare) ?? specialAddresses(bare);
    if (local) {
      if (local.length === 0) throw new NameFailure('DNS_FAILURE', `${hostname} is a name that never has an address`);
      return inOrder(local);
    }
    const known = this.#recall(name);
    if (known && this.#now() < known.until) {
      if (known.result instanceof NameFailure) throw known.result;
      return known.result;
    }
    const doubt =
      known?.result instanceof NameFailure && known.result.code === 'DNS_UNAVAILABLE' ? known.result : undefined;
    return this.#join(name, this.#searches.get(name) ?? this.#search(name, doubt), signal);
  }

  close(): void {
    for (const { query } of this.#searches.values()) query.cancel();
  }

  #recall(name: string): Known | undefined {
    const file = this.#file.value;
    // Other name servers may have other answers.
    if (file !== this.#knownBy) this.#known.clear();
    this.#knownBy = file;
    return this.#known.get(name);
  }

  #search(name: string, doubt: NameFailure | undefined): Search {
    if (this.#searches.size >= maxSearches) {
      throw new NameFailure(
        'DNS_UNAVAILABLE',
        `${name} was not asked for: ${maxSearches} other names have no answer yet`,
      );
    }
    const search: Search = { query: new NameQuery(name, this.#file.value), doubt, waiting: 0 };
    this.#searches.set(name, search);
    search.query.answer.then(
      (answer) => this.#learn(name, search, resultOf(answer), boundedTtlMs(answer)),
      (failure: unknown) => this.#learn(name, search, failure as NameFailure, keptFailureMs),
    );
    return search;
  }

  async #join(name: string, search: Search, signal: AbortSignal): Promise<readonly LookupAddress[]> {
    search.waiting += 1;
    const over = Promise.withResolvers<never>();
    const leave = (): void => over.reject(new NameFailure('DNS_UNAVAILABLE', `the search for ${name} was ended`));
    signal.addEventListener('abort', leave, { once: true });
    const timer = search.doubt && setTimeout(() => over.reject(search.doubt), doubtfulPatienceMs);
    try {
      if (signal.aborted) leave();
      return resultOf(await Promise.race([search.query.answer, over.promise]));
    } finally {
      signal.removeEventListener('abort', leave);
      clearTimeout(timer);
      search.waiting -= 1;
      if (search.waiting === 0 && !search.doubt) this.#end(name, search);
    }
  }

  /** No call waits for it any more: the next call for this name starts a new lookup. */
  #end(name: string, search: Search): void {
    if (this.#searches.get(name) === search) this.#searches.delete(name);
    search.query.cancel();
  }

  #learn(name: string, search: Search, result: Known['result'], forMs: number): void {
    // Without a waiting call, the query is cancelled.
    if (this.#searches.get(name) !== search) return;
    this.#searches.delete(name);
    this.#known.delete(name);
    this.#known.set(name, { result, until: this.#now() + forMs });
    if (this.#known.size <= maxKnown) return;
    const [oldest] = this.#known.keys();
    this.#known.delete(oldest!);
  }
}

function resultOf({ addresses }: NameAnswer): readonly LookupAddress[] {
  return inOrder(addresses);
}

function boundedTtlMs({ ttl }: NameAnswer): number {
  return Math.min(Math.max(ttl * 1_000, keptMs.least), keptMs.most);
}

/**
 * The order in which addresses are tried: those of IPv6 first where this machine has an IPv6 address that reaches as
 * far, else those of IPv4. That is what RFC 6724 comes to for a name's addresses; nothing is left out.
 */
function inOrder(addresses: readonly LookupAddress[]): LookupAddress[] {
  if (!addresses.some(({ family }) => family === 6)) return [...addresses];
  const own = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const ipv6 = own.filter(({ family, address }) => family === 'IPv6' && !address.startsWith('fe80:'));
  const reaches = { loopback: ipv6.some(({ internal }) => internal), world: ipv6.some(({ internal }) => !internal) };
  const rank = ({ address, family }: LookupAddress): number => {
    if (family === 4) return 1;
    return (address === '::1' ? reaches.loopback : reaches.world) ? 0 : 2;
  };
  return [...addresses].sort((a, b) => rank(a) - rank(b));
}
