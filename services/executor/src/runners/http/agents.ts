import { createHash } from 'node:crypto';
import { Agent } from 'undici';
import type { HttpTls } from '#contracts';
import { AddressPolicy, type AddressPolicyOptions } from './guard/address-policy.ts';
import { guardedConnector } from './guard/guarded-connector.ts';
import type { Lookup } from './guard/guarded-lookup.ts';

/** Connections to one target. What is beyond waits, within its deadline. */
const connectionsPerOrigin = 256;
/** A target that does not even accept a connection is given up earlier than one that thinks. */
const connectTimeoutMs = 10_000;
/** Who has certificates of its own and was not called for so long is forgotten: they were renewed, or the handler is gone. */
const idleMs = 10 * 60_000;

export interface AgentsOptions extends AddressPolicyOptions {
  /** How names are looked up; the system's way by default. */
  lookup?: Lookup;
  /** Milliseconds since whenever; that of the process by default. */
  now?: () => number;
}

interface OwnAgent {
  readonly agent: Agent;
  calls: number;
  usedAt: number;
}

/**
 * Keeps the connections to targets: those made with certificates of a handler's own apart from all others, so that nobody
 * speaks over a connection that was opened with another's. All are guarded by the address.
 */
export class Agents {
  readonly #policy: AddressPolicy;
  readonly #lookup: Lookup | undefined;
  readonly #now: () => number;
  readonly #common: Agent;
  readonly #own = new Map<string, OwnAgent>();

  constructor({ lookup, now = () => performance.now(), ...addresses }: AgentsOptions = {}) {
    this.#policy = new AddressPolicy(addresses);
    this.#lookup = lookup;
    this.#now = now;
    this.#common = this.#open({});
  }

  /** How many have certificates of their own. */
  get own(): number {
    return this.#own.size;
  }

  /** Does a piece of work with the agent for these certificates. */
  async use<T>(tls: HttpTls | undefined, work: (agent: Agent) => Promise<T>): Promise<T> {
    if (!tls) return work(this.#common);
    const own = this.#ownAgent(tls);
    own.calls += 1;
    try {
      return await work(own.agent);
    } finally {
      own.calls -= 1;
      own.usedAt = this.#now();
      await this.#forgetIdle();
    }
  }

  /** Ends what still runs and closes every connection. */
  async destroy(): Promise<void> {
    const agents = [this.#common, ...[...this.#own.values()].map(({ agent }) => agent)];
    await Promise.all(agents.map((agent) => agent.destroy()));
  }

  #ownAgent(tls: HttpTls): OwnAgent {
    const { ca, certificate, key } = tls;
    const digest = createHash('sha256')
      .update(JSON.stringify([ca, certificate, key]))
      .digest('base64');
    const known = this.#own.get(digest);
    if (known) return known;
    const agent = this.#open({
      ...(ca !== undefined && { ca }),
      ...(certificate !== undefined && { cert: certificate }),
      ...(key !== undefined && { key }),
    });
    const own = { agent, calls: 0, usedAt: this.#now() };
    this.#own.set(digest, own);
    return own;
  }

  #open(tls: { ca?: string; cert?: string; key?: string }): Agent {
    const connection = { timeout: connectTimeoutMs, autoSelectFamily: true, allowH2: false, ...tls };
    return new Agent({
      connections: connectionsPerOrigin,
      connect: guardedConnector(this.#policy, connection, this.#lookup),
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Nothing runs on them, so that this takes no call's time; and it does not fail, also when all are destroyed meanwhile. */
  async #forgetIdle(): Promise<void> {
    const idle = [...this.#own].filter(([, { calls, usedAt }]) => calls === 0 && this.#now() - usedAt > idleMs);
    for (const [digest] of idle) this.#own.delete(digest);
    await Promise.all(idle.map(([, { agent }]) => agent.destroy()));
  }
}
