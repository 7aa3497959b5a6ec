import { createHash } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import { Agent, Pool, type Dispatcher } from 'undici';
import type { CallTls } from '../call-tls.ts';
import { AddressPolicy, type AddressPolicyOptions } from './guard/address-policy.ts';
import { Connection } from './connection/wire.ts';
import { GuardedConnector } from './guard/guarded-connector.ts';
import { NameResolver, type Names } from './names/name-resolver.ts';

/** Connections to one target. What is beyond waits, within its deadline. */
const connectionsPerOrigin = 256;
/** A target that does not even accept a connection is given up earlier than one that thinks. */
const connectTimeoutMs = 10_000;
/**
 * Who has certificates of its own and was not called for so long is forgotten: they were renewed, or the handler is
 * gone.
 */
const idleMs = 10 * 60_000;

export interface AgentsOptions extends AddressPolicyOptions {
  /** How names are looked up; by the name servers of this machine by default. */
  names?: Names;
  /** Milliseconds since whenever; that of the process by default. */
  now?: () => number;
}

/** The ways to the targets. */
export interface Lines {
  /** Over connections that are kept for the next call. */
  readonly kept: Dispatcher;
  /** Over a new connection each time. */
  readonly fresh: Dispatcher;
}

interface OwnLines {
  readonly lines: Lines;
  calls: number;
  usedAt: number;
}

/**
 * Keeps the connections to targets. Connections with a handler's own certificates are separate from all others, so that
 * no handler uses a connection with another's identity. The address guard checks all of them.
 */
export class Agents {
  readonly #policy: AddressPolicy;
  readonly #names: Names;
  readonly #now: () => number;
  /** The lines of calls without certificates of their own. */
  readonly common: Lines;
  readonly #own = new Map<string, OwnLines>();

  constructor({ names = new NameResolver(), now = () => performance.now(), ...addresses }: AgentsOptions = {}) {
    this.#policy = new AddressPolicy(addresses);
    this.#names = names;
    this.#now = now;
    this.common = this.#open({});
  }

  /** How many have certificates of their own. */
  get own(): number {
    return this.#own.size;
  }

  /** Does a piece of work with the lines for these certificates. */
  async use<T>(tls: CallTls, work: (lines: Lines) => Promise<T>): Promise<T> {
    const own = this.#ownLines(tls);
    own.calls += 1;
    try {
      return await work(own.lines);
    } finally {
      own.calls -= 1;
      own.usedAt = this.#now();
      await this.#forgetIdle();
    }
  }

  /** Ends what still runs and closes every connection. */
  async destroy(): Promise<void> {
    this.#names.close();
    await Promise.all([this.common, ...[...this.#own.values()].map(({ lines }) => lines)].map(destroy));
  }

  #ownLines({ ca, certificate, key, trustsSystem = false }: CallTls): OwnLines {
    const digest = createHash('sha256')
      .update(JSON.stringify([ca, certificate, key, trustsSystem]))
      .digest('base64');
    const known = this.#own.get(digest);
    if (known) return known;
    const lines = this.#open({
      ...(ca !== undefined && { ca: trustsSystem ? [...getCACertificates(), ca] : [ca] }),
      ...(certificate !== undefined && { cert: certificate }),
      ...(key !== undefined && { key }),
    });
    const own = { lines, calls: 0, usedAt: this.#now() };
    this.#own.set(digest, own);
    return own;
  }

  #open(tls: { ca?: string[]; cert?: string; key?: string }): Lines {
    const socket = { timeout: connectTimeoutMs, autoSelectFamily: true, allowH2: false, ...tls };
    const connector = new GuardedConnector(this.#policy, socket, this.#names);
    const connect = (origin: URL, options: object): Dispatcher => new Connection(origin, options, connector);
    const options = { allowH2: false, headersTimeout: 0, bodyTimeout: 0 };
    const agent = (pipelining: 0 | 1): Agent =>
      new Agent({
        ...options,
        factory: (origin) => {
          return new Pool(origin, { ...options, connections: connectionsPerOrigin, pipelining, factory: connect });
        },
      });
    // Without pipelining a connection ends with its answer.
    return { kept: agent(1), fresh: agent(0) };
  }

  /**
   * Nothing runs on them, so that this takes no call's time; and it does not fail, also when all are destroyed
   * meanwhile.
   */
  async #forgetIdle(): Promise<void> {
    const idle = [...this.#own].filter(([, { calls, usedAt }]) => calls === 0 && this.#now() - usedAt > idleMs);
    for (const [digest] of idle) this.#own.delete(digest);
    await Promise.all(idle.map(([, { lines }]) => destroy(lines)));
  }
}

async function destroy({ kept, fresh }: Lines): Promise<void> {
  await Promise.all([kept.destroy(), fresh.destroy()]);
}
