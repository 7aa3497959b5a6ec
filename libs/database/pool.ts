import { once } from 'node:events';
import pg from 'pg';
import { BoundedClient } from './bounded-client.ts';
import { troubleOfState, type DatabaseTrouble } from './database-trouble.ts';
import { schemaVersion } from './migrations.ts';
import { assertWritable, prepareSession, type Planning } from './session.ts';

export type { Pool, PoolClient } from 'pg';

/** For how long the database counts as one that takes no writes, after it has refused one for want of room. */
const rememberRefusalMs = 2_000;

/**
 * How long a statement may take, milliseconds, that asks for what has an index or writes a batch. Such take
 * milliseconds; the rest is for a server that stalls. What may take longer says so ({@link BoundedStatement}).
 */
export const usualLimitMs = 10_000;

/** Time limit for a new connection. A database that is down must not delay callers for longer than a client waits. */
const connectLimitMs = 5_000;

/** How long {@link SessionPool.assertWritable} waits for an answer. */
const checkLimitMs = 5_000;

/** How long the connections of a pool may take to end. */
const endLimitMs = 2_000;

/**
 * From then on a connection without traffic is probed by the operating system, which Node has do so each second, ten
 * times.
 */
const keepAliveAfterMs = 5_000;

/** Asked of a pool that has ended. */
export class DatabaseClosed extends Error {
  override readonly name = 'DatabaseClosed';

  constructor() {
    super('the connections to the database were closed');
  }
}

type OnConnected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

export interface SessionPoolConfig extends pg.PoolConfig {
  /** How long a statement may take that does not say so itself, milliseconds. */
  limitMs?: number;
}

/**
 * Connections that are prepared for our statements before they are used, and not used again after an error that may be
 * the connection's own: the server it leads to has become a standby, is about to end, or does not answer any more.
 */
export class SessionPool extends pg.Pool {
  readonly #spoilt = new WeakSet<object>();
  /** All connections; true for idle ones. */
  readonly #idle = new Map<BoundedClient, boolean>();
  #refusal: { at: number; reason: string } | undefined;
  #ended: Promise<void> | undefined;

  constructor({ limitMs = usualLimitMs, ...config }: SessionPoolConfig, planning: Planning) {
    // The pool waits for it, which its types do not say.
    const onConnect = (client: pg.ClientBase): unknown => prepareSession(client, planning);
    super({
      connectionTimeoutMillis: Math.min(connectLimitMs, limitMs),
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveAfterMs,
      ...config,
      onConnect,
      Client: BoundedClient,
    });
    this.on('connect', (client) => this.#watch(client, limitMs));
    this.on('acquire', (client) => this.#idle.set(boundedOf(client), false));
    this.on('remove', (client) => {
      this.#idle.delete(boundedOf(client));
      if (this.#idle.size === 0) this.emit('gone');
    });
    this.on('release', (_error, client) => {
      this.#idle.set(boundedOf(client), true);
      // A client that has been told to end is not put back.
      if (this.#spoilt.has(client)) client.end().catch(() => undefined);
    });
  }

  /**
   * For how long a statement waits for its answer that should have had it in the usual time: the longest, milliseconds.
   */
  get stalledMs(): number {
    const asked = [...this.#idle.keys()].map(({ askedAt = Infinity }) => askedAt);
    return Math.max(0, performance.now() - Math.min(...asked));
  }

  /** @throws {DatabaseClosed} When the pool has ended. */
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: OnConnected): void;
  override connect(callback?: OnConnected): Promise<pg.PoolClient> | void {
    if (!callback) return this.#ended ? Promise.reject(new DatabaseClosed()) : super.connect();
    if (this.#ended) callback(new DatabaseClosed(), undefined, () => {});
    else super.connect(callback);
  }

  /**
   * Takes no more statements and ends the connections; one that is still in use, or whose end the server does not hear
   * of, after a while.
   */
  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | void {
    this.#ended ??= this.#end();
    if (!callback) return this.#ended;
    void this.#ended.then(callback);
  }

  async #end(): Promise<void> {
    const drained = super.end();
    const over = setTimeout(() => {
      // Those that are still being connected are known to the library alone.
      const { _clients: all } = this as unknown as Internals;
      for (const client of new Set([...all, ...this.#idle.keys()])) client.discard(new DatabaseClosed());
    }, endLimitMs);
    await drained;
    if (this.#idle.size > 0) await once(this, 'gone');
    clearTimeout(over);
  }

  /**
   * Resolves when the database answers, and takes writes.
   *
   * @throws {ReadOnlyDatabase}
   */
  async assertWritable(): Promise<void> {
    const client = await this.connect();
    let works = false;
    try {
      await assertWritable(client, checkLimitMs);
      works = true;
    } finally {
      client.release(!works);
    }
    if (this.#refusal && performance.now() - this.#refusal.at < rememberRefusalMs)
      throw new Error(this.#refusal.reason);
  }

  #watch(client: pg.PoolClient, limitMs: number): void {
    const bounded = boundedOf(client);
    bounded.limitMs = limitMs;
    bounded.onOverdue = (sentAt) => this.#suspect(bounded, sentAt);
    // One that breaks while it is in use, unheard, would end the process.
    client.on('error', () => {});
    const onMessage = ({ code }: { code?: string }): void => {
      const trouble = code === undefined ? undefined : troubleOfState(code);
      if (!trouble) return;
      this.#spoilt.add(client);
      if (refusesWrites.has(trouble.code)) this.#refusal = { at: performance.now(), reason: trouble.reason };
    };
    // Here instead of at the statements: TypeORM returns a connection without reporting the error.
    (client as unknown as { connection: NodeJS.EventEmitter }).connection.on('errorMessage', onMessage);
  }

  /**
   * What has broken one connection may have broken all: those that were not heard of since are not tried one after
   * another.
   */
  #suspect(broken: BoundedClient, sentAt: number): void {
    for (const [client, isIdle] of this.#idle) {
      if (client !== broken && isIdle && client.heardAt < sentAt)
        client.discard(new Error('not heard of for too long'));
    }
  }
}

/** What the types of the library leave out. */
interface Internals {
  readonly _clients: readonly BoundedClient[];
}

/** All clients of our pools are. */
function boundedOf(client: pg.ClientBase): BoundedClient {
  return client as BoundedClient;
}

const refusesWrites = new Set<DatabaseTrouble['code']>([
  'database_read_only',
  'database_out_of_resources',
  'database_failing',
]);

/**
 * Plain connections to the database, for the executor's statements.
 *
 * @param limitMs How long a statement may take that does not say so itself, milliseconds.
 */
export function createPool(databaseUrl: string, onError: (error: Error) => void, limitMs = usualLimitMs): SessionPool {
  const config = { connectionString: databaseUrl, application_name: 'provisor-executor', max: 10, limitMs };
  const pool = new SessionPool(config, 'by-index');
  // On each connection, not only on idle ones, which is all that the pool listens to: one that breaks while it is in
  // use for a transaction would end the process unheard. A new one takes its place when next needed.
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => {});
  return pool;
}

/** Resolves when the database answers. */
export async function ping(pool: pg.Pool): Promise<void> {
  await pool.query('select 1');
}

/** Whether the registry has brought the schema to what this build needs. */
export async function schemaIsReady(pool: pg.Pool): Promise<boolean> {
  try {
    const found = await pool.query('select 1 from migrations where name = $1', [schemaVersion]);
    return found.rowCount === 1;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === undefinedTable) return false;
    throw error;
  }
}

const undefinedTable = '42P01';

/**
 * Does work on a connection of its own, whose statements may take longer than the usual ones; with what is thrown the
 * connection is ended.
 *
 * @param limitMs For each statement, milliseconds.
 */
export async function withLimit<T>(
  pool: pg.Pool,
  limitMs: number,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  boundedOf(client).ownLimitMs = limitMs;
  let done = false;
  try {
    const result = await work(client);
    done = true;
    return result;
  } finally {
    boundedOf(client).ownLimitMs = undefined;
    client.release(!done);
  }
}

/** Does work in one transaction, on a connection of its own; with what is thrown the transaction is undone. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let done = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    done = true;
    return result;
  } finally {
    // With the connection goes the transaction that failed on it.
    client.release(!done);
  }
}
