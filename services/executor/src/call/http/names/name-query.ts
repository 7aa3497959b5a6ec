import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { errorCode } from '../../error-code.ts';
import { fullNames, type ResolverFile } from './resolver-file.ts';

/**
 * A name whose addresses are not known: `DNS_FAILURE` when the name servers say that it has none, `DNS_UNAVAILABLE`
 * when they do not say, which tells nothing of the target.
 */
export class NameFailure extends Error {
  override readonly name = 'NameFailure';
  readonly code: 'DNS_FAILURE' | 'DNS_UNAVAILABLE';

  constructor(code: NameFailure['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Over everything that one name takes, milliseconds: below the timeout that handlers have by default, and the time to
 * connect.
 */
const limitMs = 5_000;
/** With an answer for one family there, how long the other is waited for. Some name servers never answer for IPv6. */
const graceMs = 100;

/** What the name servers say of a name. */
export interface NameAnswer {
  readonly addresses: readonly LookupAddress[];
  /** How long they say it holds, seconds. */
  readonly ttl: number;
}

/** What they say of a full name and one family of addresses. */
type FamilyReply =
  | { readonly kind: 'found'; readonly answer: NameAnswer }
  | { readonly kind: 'no_name' | 'no_data' }
  | { readonly kind: 'unclear'; readonly code: string };

/** These say that there is nothing by that name, or that there cannot be. */
const negative: Readonly<Record<string, 'no_name' | 'no_data'>> = {
  ENOTFOUND: 'no_name',
  EBADNAME: 'no_name',
  ENODATA: 'no_data',
};

/**
 * Asks the name servers for the addresses of one name. It goes from socket to socket and never through the thread pool,
 * which has four threads for the whole process: names whose servers do not answer would fill it.
 */
export class NameQuery {
  /** Rejects with a {@link NameFailure}. */
  readonly answer: Promise<NameAnswer>;
  readonly #resolver: Resolver;
  readonly #file: ResolverFile;

  /** @param name In lower case. */
  constructor(name: string, file: ResolverFile) {
    this.#file = file;
    const { timeoutMs, attempts } = file;
    this.#resolver = new Resolver({ timeout: timeoutMs, maxTimeout: timeoutMs, tries: attempts });
    setServers(this.#resolver, file.servers);
    this.answer = this.#find(name);
  }

  /** Asks no further; the answer is then that none is known. */
  cancel(): void {
    this.#resolver.cancel();
  }

  async #find(name: string): Promise<NameAnswer> {
    const timer = setTimeout(() => this.cancel(), limitMs);
    try {
      let unclear: string | undefined;
      for (const fullName of fullNames(name, this.#file)) {
        const reply = await this.#ask(fullName);
        if (reply.kind === 'found') return reply.answer;
        if (reply.kind !== 'unclear') continue;
        unclear ??= reply.code;
        // As the C library does it: a server that cannot tell may know the name in another domain. One that is silent
        // will stay so.
        if (reply.code !== 'ESERVFAIL') break;
      }
      if (unclear === undefined) throw new NameFailure('DNS_FAILURE', `${name} has no address, by its name servers`);
      throw new NameFailure('DNS_UNAVAILABLE', `no name server says what ${name} is (${words[unclear] ?? unclear})`);
    } finally {
      clearTimeout(timer);
      // Queries without a waiting call.
      this.cancel();
    }
  }

  async #ask(name: string): Promise<FamilyReply> {
    const families = this.#file.ipv6 ? ([4, 6] as const) : ([4] as const);
    const replies: FamilyReply[] = [];
    await new Promise<void>((resolve) => {
      let grace: NodeJS.Timeout | undefined;
      const taken = (reply: FamilyReply): void => {
        replies.push(reply);
        if (replies.length === families.length) {
          clearTimeout(grace);
          resolve();
        } else if (reply.kind === 'found' || reply.kind === 'no_name') grace = setTimeout(resolve, graceMs);
      };
      for (const family of families) void this.#askFamily(name, family).then(taken);
    });
    return together(replies);
  }

  async #askFamily(name: string, family: 4 | 6): Promise<FamilyReply> {
    try {
      const options = { ttl: true } as const;
      const records = await (family === 4
        ? this.#resolver.resolve4(name, options)
        : this.#resolver.resolve6(name, options));
      const addresses = records.map(({ address }) => ({ address, family }));
      return { kind: 'found', answer: { addresses, ttl: Math.min(...records.map(({ ttl }) => ttl)) } };
    } catch (error) {
      const code = errorCode(error);
      const kind = negative[code];
      return kind ? { kind } : { kind: 'unclear', code };
    }
  }
}

/** What the replies for both families come to. */
function together(replies: readonly FamilyReply[]): FamilyReply {
  const found = replies.flatMap((reply) => (reply.kind === 'found' ? [reply.answer] : []));
  if (found.length > 0) {
    const addresses = found.flatMap((answer) => answer.addresses);
    return { kind: 'found', answer: { addresses, ttl: Math.min(...found.map(({ ttl }) => ttl)) } };
  }
  return (
    replies.find(({ kind }) => kind === 'no_name') ??
    replies.find(({ kind }) => kind === 'unclear') ?? { kind: 'no_data' }
  );
}

/**
 * Without any, the resolver keeps those of the system. One that is no address is passed over, as the C library does it.
 */
function setServers(resolver: Resolver, servers: readonly string[] | undefined): void {
  if (!servers) return;
  const usable = servers.filter((server) => {
    try {
      resolver.setServers([server]);
      return true;
    } catch {
      return false;
    }
  });
  if (usable.length > 0) resolver.setServers(usable);
}

const words: Readonly<Record<string, string>> = {
  ETIMEOUT: 'none answered in time',
  ECANCELLED: 'none answered in time',
  ESERVFAIL: 'SERVFAIL',
  EREFUSED: 'REFUSED',
  ECONNREFUSED: 'none can be reached',
};
