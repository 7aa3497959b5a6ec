import type { Pool, PoolClient } from 'pg';
import { createPool, inTransaction } from '#database';

/** A value of a column, by its name as a field: `onFailure` stands for `on_failure`. */
export type Fields = Readonly<Record<string, unknown>>;

/** Executes statements on one connection. */
export interface Statements {
  /** Resolves with the rows. */
  query<Rows = Record<string, unknown>[]>(text: string, values?: readonly unknown[]): Promise<Rows>;
  insert(table: string, fields: Fields): Promise<void>;
  update(table: string, id: string, fields: Fields): Promise<void>;
}

/** The database as its owner, who may do everything, sees it; tests read and write it as registry and people would. */
export class OwnerDatabase {
  readonly #pool: Pool;

  constructor(url: string) {
    // Tests end the connections of executors by this name.
    const named = new URL(url);
    named.searchParams.set('application_name', 'provisor-test');
    // Some tests end every connection; the next statement has a new one.
    this.#pool = createPool(named.href, () => undefined);
  }

  query<Rows = Record<string, unknown>[]>(text: string, values: readonly unknown[] = []): Promise<Rows> {
    return statementsOn(this.#pool).query<Rows>(text, values);
  }

  async transaction(work: (statements: Statements) => Promise<void>): Promise<void> {
    await inTransaction(this.#pool, (client) => work(statementsOn(client)));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

function statementsOn(client: Pool | PoolClient): Statements {
  const query = async <Rows>(text: string, values: readonly unknown[] = []): Promise<Rows> =>
    (await client.query(text, [...values])).rows as Rows;
  return {
    query,
    async insert(table, fields) {
      const places = Object.keys(fields).map((_, index) => `$${String(index + 1)}`);
      await query(
        `insert into ${table} (${columnsOf(fields).join(', ')}) values (${places.join(', ')})`,
        valuesOf(fields),
      );
    },
    async update(table, id, fields) {
      const changes = columnsOf(fields).map((column, index) => `${column} = $${String(index + 2)}`);
      await query(`update ${table} set ${changes.join(', ')} where id = $1`, [id, ...valuesOf(fields)]);
    },
  };
}

function columnsOf(fields: Fields): string[] {
  return Object.keys(fields).map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

/** Objects and lists are JSON in every table that tests write. */
function valuesOf(fields: Fields): unknown[] {
  const isJson = (value: unknown): boolean => typeof value === 'object' && value !== null && !(value instanceof Date);
  return Object.values(fields).map((value) => (isJson(value) ? JSON.stringify(value) : value));
}
