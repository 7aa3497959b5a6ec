import type { DataSource } from 'typeorm';
import { StatementOverdue, withLimit, type BoundedStatement, type PoolClient } from '#database';
import { poolOf } from '#orm';
import { DomainError } from '../../domain-error.ts';

/** How long a search may take, milliseconds: a person waits for it, and the database has other things to do. */
const searchLimitMs = 5_000;

export class SearchTooLong extends DomainError {
  override readonly name = 'SearchTooLong';

  constructor() {
    const seconds = searchLimitMs / 1_000;
    const advice = 'search a shorter period with from and to, or narrow it with other filters';
    super('unavailable', 'search_too_long', `the search was ended after ${seconds} s; ${advice}`);
  }
}

/**
 * Every statement of a search has an index. Of a day that has just begun, the planner knows too little to use it, so
 * these settings leave it no choice while the search lasts. The cost of a page keeps it from walking through a whole
 * day to find a few rows in order.
 */
const byIndex = 'set local enable_seqscan = off; set local enable_bitmapscan = off; set local random_page_cost = 1';

/** One search: several statements on one connection, which see the same journal and have a time limit together. */
export class SearchSession {
  readonly #client: PoolClient;
  readonly #endsAt: number;

  /**
   * Does work in a session of its own.
   *
   * @param limitMs How long all of it may take, milliseconds.
   * @throws {SearchTooLong} When the statements took longer.
   */
  static async during<T>(
    dataSource: DataSource,
    work: (session: SearchSession) => Promise<T>,
    limitMs = searchLimitMs,
  ): Promise<T> {
    try {
      return await withLimit(poolOf(dataSource), limitMs, async (client) => {
        const session = new SearchSession(client, limitMs);
        await session.ask('begin isolation level repeatable read, read only');
        await session.ask(byIndex);
        const result = await work(session);
        await session.ask('commit');
        return result;
      });
    } catch (error) {
      if (error instanceof StatementOverdue) throw new SearchTooLong();
      throw error;
    }
  }

  private constructor(client: PoolClient, limitMs: number) {
    this.#client = client;
    this.#endsAt = performance.now() + limitMs;
  }

  /** @throws {SearchTooLong} When no time is left. */
  async ask<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const leftMs = this.#endsAt - performance.now();
    if (leftMs <= 0) throw new SearchTooLong();
    const statement: BoundedStatement = { text, ...(values.length > 0 && { values: [...values] }), limitMs: leftMs };
    return (await this.#client.query(statement)).rows as Row[];
  }
}
