import pg from 'pg';

const tables = ['events', 'attempts'] as const;
type Table = (typeof tables)[number];

/** The rows lie on this many days, the last of which is today: a share of them is among what the gate looks through. */
const days = 10;

export interface FullJournalOptions {
  /** Of the owner of the tables. */
  readonly databaseUrl: string;
  /** Events; as many attempts come with them. */
  readonly rows: number;
  /** Whose attempts they are said to be. */
  readonly handlerId: string;
  /** The kept answer of an attempt, as JSON. */
  readonly response: string;
}

/**
 * A journal of many rows that takes the place of the small one, and gives it back, in a moment: days are tables, which are
 * attached and detached. Nothing may be at work while it does.
 */
export class FullJournal {
  readonly #database: pg.Client;
  /** `YYYYMMDD`, today the last. */
  readonly #days: readonly string[];

  /** Empties the journal, and fills tables beside it. The small one is in place after it. */
  static async make(options: FullJournalOptions): Promise<FullJournal> {
    const database = await connect(options.databaseUrl);
    const { rows } = await database.query<{ day: string }>(
      `select to_char((now() at time zone 'UTC')::date - back, 'YYYYMMDD') as day
       from generate_series($1::integer - 1, 0, -1) as back`,
      [days],
    );
    const journal = new FullJournal(
      database,
      rows.map(({ day }) => day),
    );
    await database.query('truncate events, attempts');
    for (const table of tables)
      await database.query('select make_journal_day($1, to_date($2, $3))', [table, ...journal.#today]);
    await Promise.all(tables.map((table) => journal.#fill(table, options)));
    await journal.show('full');
    for (const name of journal.#full()) await database.query(`vacuum (analyze) ${name}`);
    await journal.show('small');
    return journal;
  }

  private constructor(database: pg.Client, daysOfRows: readonly string[]) {
    this.#database = database;
    this.#days = daysOfRows;
  }

  get #today(): [day: string, format: string] {
    return [this.#days.at(-1)!, 'YYYYMMDD'];
  }

  /** Which of the two the services see. */
  async show(which: 'full' | 'small'): Promise<void> {
    const small = (table: Table): string[] => [`${table}_${this.#days.at(-1)!}`];
    await this.#database.query('begin');
    for (const table of tables) {
      const [goes, comes] = which === 'full' ? [small(table), this.#full(table)] : [this.#full(table), small(table)];
      const attached = await this.#attached(table);
      for (const name of goes.filter((each) => attached.has(each))) {
        await this.#database.query(`alter table ${table} detach partition ${name}`);
      }
      for (const name of comes.filter((each) => !attached.has(each))) {
        await this.#database.query(
          `alter table ${table} attach partition ${name} for values from (${start(name)}) to (${start(name, 1)})`,
        );
      }
    }
    await this.#database.query('commit');
  }

  /** Bytes of the small journal's rows of today, with their indexes, and how many events they are. */
  async smallSize(): Promise<{ bytes: number; events: number }> {
    const name = (table: Table): string => `${table}_${this.#days.at(-1)!}`;
    const { rows } = await this.#database.query<{ bytes: string; events: string }>(
      `select pg_total_relation_size($1) + pg_total_relation_size($2) as bytes,
         (select count(*) from ${name('events')}) as events`,
      tables.map(name),
    );
    return { bytes: Number(rows[0]!.bytes), events: Number(rows[0]!.events) };
  }

  /** Takes everything away again, and leaves an empty journal. */
  async remove(): Promise<void> {
    await this.show('small');
    await this.#database.query(`drop table ${this.#full().join(', ')}`);
    await this.#database.query('truncate events, attempts');
    await this.#database.end();
  }

  #full(table?: Table): string[] {
    return tables
      .filter((each) => table === undefined || each === table)
      .flatMap((each) => this.#days.map((day) => `${each}_full_${day}`));
  }

  async #attached(table: Table): Promise<Set<string>> {
    const { rows } = await this.#database.query<{ name: string }>(
      'select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid where inhparent = $1::regclass',
      [table],
    );
    return new Set(rows.map(({ name }) => name));
  }

  /** On a connection of its own, so that both tables are filled at the same time. Indexes are made when a day is attached: in one go. */
  async #fill(table: Table, { databaseUrl, rows, handlerId, response }: FullJournalOptions): Promise<void> {
    const database = await connect(databaseUrl);
    await database.query('set synchronous_commit = off');
    for (const name of this.#full(table)) {
      await database.query(`create table ${name} (like ${table} including defaults)`);
      // What the constraint says need not be looked up when the day is attached.
      await database.query(`alter table ${name} add check (id >= ${start(name)} and id < ${start(name, 1)})`);
      const values = table === 'events' ? [] : [handlerId, response];
      await database.query(`insert into ${name} ${rowsOf[table](name, Math.ceil(rows / days))}`, values);
    }
    await database.end();
  }
}

/** The lowest id of the day that a table is of, or of a later one. */
function start(name: string, later = 0): string {
  return `journal_day_start(to_date('${name.slice(-8)}', 'YYYYMMDD') + ${String(later)})`;
}

/**
 * Moments spread over a day, or of today over what has passed of it, with what is common to the event and its attempt. One of a
 * thousand has failed. Ids are random, as those of a billing system would be.
 */
function occurrences(name: string, rows: number): string {
  return `(select number, at, md5('${name.slice(-8)}' || number)::uuid as event_id, number % 1000 = 0 as failed,
      lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as hex, (number % 100000)::text as object_id,
      (array['clients.update', 'clients.update', 'clients.create', 'clients.archive'])[1 + number % 4] as type
    from (select number, day + number * ((least(day + interval '1 day', now()) - day) / ${String(rows + 1)}) as at
      from (select to_timestamp('${name.slice(-8)} UTC', 'YYYYMMDD TZ') as day) as begin, generate_series(1, ${String(rows)}) as number
    ) as moments) as occurrence`;
}

const idAt = `(substr(hex, 1, 8) || '-' || substr(hex, 9) || '-7' || substr(gen_random_uuid()::text, 16))::uuid`;

const rowsOf: Record<Table, (name: string, rows: number) => string> = {
  events: (name, rows) => `(id, event_id, type, object_id, partition_key, status, occurred_at, received_at, finished_at,
      revision, failed, skipped, replay_id, test, body)
    select ${idAt}, event_id, type, object_id, 'client:' || object_id, case when failed then 'failed' else 'succeeded' end, at, at,
      at + interval '5 ms', 1, failed, '{}', null, false,
      '{"event":{"id":"' || event_id || '","dt":"2026-01-01T00:00:00.000Z","events_id":"' || type || '","object_id":' || object_id
        || '},"data":{"filler":"' || repeat('x', 350) || '"}}'
    from ${occurrences(name, rows)}`,
  attempts: (
    name,
    rows,
  ) => `(id, execution_id, event_id, event_type, object_id, handler_id, task_type, position, number, counted,
      outcome, reason, message, status, next_attempt_at, response, started_at, duration_ms, revision, replay_id, test, executor_id)
    select ${idAt}, md5(event_id::text)::uuid, event_id, type, object_id, $1, 'http', 1, 1, true,
      case when failed then 'permanent' else 'success' end, case when failed then 'http_status' end,
      case when failed then 'HTTP 400' end, case when failed then 'failed' else 'succeeded' end, null, $2, at, 4.2, 1, null, false,
      '00000000-0000-7000-8000-000000000000'
    from ${occurrences(name, rows)}`,
};

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
