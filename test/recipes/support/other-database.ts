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
  async whileRefusing<T>(work: () => Promise<T>): Promise<T> {
    const server = new URL(this.url);
    const name = server.pathname.slice(1);
    server.pathname = '/postgres';
    const allow = (isAllowed: boolean) =>
      connected(server.href, (client) => client.query(`alter database ${name} allow_connections ${isAllowed}`));
    await allow(false);
    try {
      return await work();
    } finally {
      await allow(true);
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
