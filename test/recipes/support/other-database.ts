import pg from 'pg';

/** The database of a server that recipes are for, with what can happen to it. */
export class OtherDatabase {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  query<T>(sql: string, values?: unknown[]): Promise<T[]> {
    return connected(this.url, async (client) => (await client.query(sql, values)).rows as T[]);
  }

  /** Locks a table against reading and writing for as long as the work takes. */
  whileLocked<T>(table: string, work: () => Promise<T>): Promise<T> {
    return connected(this.url, async (client) => {
      await client.query('begin');
      await client.query(`lock table ${table} in access exclusive mode`);
      return work();
    });
  }

  /** Takes no connection for as long as the work takes. */
  whileRefusing<T>(work: () => Promise<T>): Promise<T> {
    return this.#while('allow_connections false', 'allow_connections true', work);
  }

  /** Can be read only, as a standby can, for as long as the work takes. */
  whileReadOnly<T>(work: () => Promise<T>): Promise<T> {
    return this.#while('set default_transaction_read_only = on', 'reset default_transaction_read_only', work);
  }

  async #while<T>(change: string, back: string, work: () => Promise<T>): Promise<T> {
    const server = new URL(this.url);
    const name = server.pathname.slice(1);
    server.pathname = '/postgres';
    const alter = (how: string) => connected(server.href, (client) => client.query(`alter database ${name} ${how}`));
    await alter(change);
    try {
      return await work();
    } finally {
      await alter(back);
    }
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
