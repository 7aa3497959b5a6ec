import type net from 'node:net';
import pg from 'pg';

/** A statement that may take longer, or less long, than the usual one of its pool; as the first argument of `query`. */
export interface BoundedStatement extends pg.QueryConfig {
  /** Milliseconds, by our clock. */
  readonly limitMs: number;
}

/** PostgreSQL has not answered a statement in time. Whether the statement was carried out is not known. */
export class StatementOverdue extends Error {
  override readonly name = 'StatementOverdue';
  readonly code = 'statement_overdue';

  /** @param limitMs How long it was waited for, milliseconds. */
  constructor(readonly limitMs: number) {
    super(`PostgreSQL has not answered within ${limitMs} ms, and the connection was given up`);
  }
}

/** node-postgres' own, which its types leave out. */
interface Internals {
  connection: NodeJS.EventEmitter & { stream: net.Socket };
}

type Callback = (error: Error | null, result: unknown) => void;
type AnyQuery = (...given: unknown[]) => unknown;

/**
 * A connection on which every statement has a time limit. A server that is half-open, stopped or disconnected never
 * answers and causes no error, so only a client-side clock notices it. The connection is then destroyed.
 */
export class BoundedClient extends pg.Client {
  /** How long a statement is waited for that does not say so itself, milliseconds. */
  limitMs = Infinity;
  /** The same for what is being done on it now, where that may take longer. */
  ownLimitMs: number | undefined;
  /** When the connection was last heard of, by `performance.now()`. */
  heardAt = performance.now();
  /** When the running statement with the usual limit was sent. */
  askedAt: number | undefined;
  /** Told of a statement that took too long. */
  onOverdue: ((sentAt: number) => void) | undefined;

  // One signature for all that node-postgres has.
  override query(...given: unknown[]): never {
    const sentAt = performance.now();
    const own = (given[0] as Partial<BoundedStatement> | undefined)?.limitMs ?? this.ownLimitMs;
    const limitMs = own ?? this.limitMs;
    if (own === undefined) this.askedAt = sentAt;
    const timer = limitMs < Infinity ? setTimeout(() => this.#overdue(limitMs, sentAt), limitMs) : undefined;
    const answered = (): void => {
      clearTimeout(timer);
      this.askedAt = undefined;
      this.heardAt = performance.now();
    };
    const callback = given.at(-1);
    const query = super.query.bind(this) as AnyQuery;
    if (typeof callback === 'function') {
      const told: Callback = (error, result) => {
        answered();
        (callback as Callback)(error, result);
      };
      return query(...given.slice(0, -1), told) as never;
    }
    const result = query(...given) as Promise<unknown>;
    result.then(answered, answered);
    return result as never;
  }

  /** Ends the connection at once, without closing it with the server, and fails requests that wait for an answer. */
  discard(error: Error): void {
    const { connection } = this as unknown as Internals;
    connection.emit('error', error);
    const { stream } = connection;
    // What was not delivered yet must not be delivered later. Over TLS Node has no way to say so.
    if ('encrypted' in stream) stream.destroy();
    else stream.resetAndDestroy();
  }

  #overdue(limitMs: number, sentAt: number): void {
    this.discard(new StatementOverdue(limitMs));
    this.onOverdue?.(sentAt);
  }
}
