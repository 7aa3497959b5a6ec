import pg from 'pg';
import { journalRows, type JournalTable } from './journal-rows.ts';

const tables: readonly JournalTable[] = ['events', 'event_values', 'attempts'];

export interface FullJournalOptions {
  /** Of the owner of the tables. */
  readonly databaseUrl: string;
  /** Events; as many attempts come with them. */
  readonly rows: number;
  /** That the rows lie on, the last of which is today: a share of them is among what the gate looks through. */
  readonly days: number;
  /** One of this number of events has failed. */
  readonly failedOf: number;
  /** Whether the values of the events are indexed. */
  readonly isIndexed: boolean;
  /** Whose attempts they are said to be. */
  readonly handlerId: string;
  /** The kept answer of an attempt, as JSON. */
  readonly response: string;
}

/**
 * A journal of many rows that takes the place of the small one, and gives it back, in a moment: days are tables, which
 * are attached and detached. Nothing may be at work while it does.
 */
export class FullJournal {
  readonly #database: pg.Client;
  /** `YYYYMMDD`, today the last. */
  readonly #days: readonly string[];

  /** Empties the journal, and fills tables beside it. The small one is in place after it. */
  static async make(options: FullJournalOptions): Promise<FullJournal> {
    const database = await connect(options.databaseUrl);
    try {
      const { rows } = await database.query<{ day: string }>(
        `select to_char((now() at time zone 'UTC')::date - back, 'YYYYMMDD') as day
         from generate_series($1::integer - 1, 0, -1) as back`,
        [options.days],
      );
      const made = rows.map(({ day }) => day);
      const journal = new FullJournal(database, made);
      await journal.#begin();
      await Promise.all((['events', 'attempts'] as const).map((table) => journal.#fill(table, options)));
      // Of the events, which are there by now.
      await journal.#fill('event_values', options);
      await journal.show('small');
      return journal;
    } catch (error) {
      await database.end();
      throw error;
    }
  }

  private constructor(database: pg.Client, daysOfRows: readonly string[]) {
    this.#database = database;
    this.#days = daysOfRows;
  }

  /** Which of the two the services see. */
  async show(which: 'full' | 'small'): Promise<void> {
    const changes: string[] = [];
    for (const table of tables) {
      const [small, full] = [[this.#small(table)], this.#full(table)];
      const [goes, comes] = which === 'full' ? [small, full] : [full, small];
      const attached = await this.#attached(table);
      changes.push(...goes.filter((name) => attached.has(name)).map((name) => detach(table, name)));
      changes.push(...comes.filter((name) => !attached.has(name)).map((name) => attach(table, name)));
    }
    // Several statements in one query are one transaction.
    await this.#database.query(changes.join(';'));
  }

  /** Bytes of the small journal's rows of today, with their indexes, and how many events they are. */
  async smallSize(): Promise<{ bytes: number; events: number }> {
    const { rows } = await this.#database.query<{ bytes: string; events: string }>(
      `select pg_total_relation_size($1) + pg_total_relation_size($2) as bytes,
         (select count(*) from ${this.#small('events')}) as events`,
      tables.map((table) => this.#small(table)),
    );
    return { bytes: Number(rows[0]!.bytes), events: Number(rows[0]!.events) };
  }

  /** Takes everything away again, and leaves an empty journal. */
  async remove(): Promise<void> {
    try {
      await this.show('small');
      await this.#database.query(`drop table ${tables.flatMap((table) => this.#full(table)).join(', ')}`);
      await this.#database.query('truncate events, event_values, attempts');
    } finally {
      await this.#database.end();
    }
  }

  /** Leaves everything where it is: the whole installation goes. */
  close(): Promise<void> {
    return this.#database.end();
  }

  /** Leaves no table for today in the journal, but one to come back to. */
  async #begin(): Promise<void> {
    await this.#database.query('truncate events, event_values, attempts');
    const today = this.#days.at(-1)!;
    for (const table of tables) {
      await this.#database.query(`select make_journal_day($1, to_date($2, 'YYYYMMDD'))`, [table, today]);
      await this.#database.query(detach(table, this.#small(table)));
    }
  }

  /** Today's table of the small journal. */
  #small(table: JournalTable): string {
    return `${table}_${this.#days.at(-1)!}`;
  }

  #full(table: JournalTable): string[] {
    return this.#days.map((day) => `${table}_full_${day}`);
  }

  async #attached(table: JournalTable): Promise<Set<string>> {
    const { rows } = await this.#database.query<{ name: string }>(
      'select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid where inhparent = $1::regclass',
      [table],
    );
    return new Set(rows.map(({ name }) => name));
  }

  /**
   * On a connection of its own, so that both tables are filled at the same time. A day gets its indexes when it is
   * attached.
   */
  async #fill(table: JournalTable, options: FullJournalOptions): Promise<void> {
    const { databaseUrl, rows, days, failedOf, isIndexed, handlerId, response } = options;
    const database = await connect(databaseUrl);
    try {
      await database.query(`set synchronous_commit = off; set maintenance_work_mem = '256MB'`);
      for (const name of this.#full(table)) {
        await database.query(`create table ${name} (like ${table} including defaults)`);
        // Without it each row would be looked at whenever the day is attached.
        await database.query(`alter table ${name} add check (id >= ${start(name)} and id < ${start(name, 1)})`);
        const day = name.slice(-8);
        const of = { day, rows: Math.ceil(rows / days), failedOf, events: `events_full_${day}` };
        const values = table === 'attempts' ? [handlerId, response] : [];
        if (table !== 'event_values' || isIndexed) {
          await database.query(`insert into ${name} ${journalRows[table](of)}`, values);
        }
        await database.query(attach(table, name));
        await database.query(`vacuum (analyze) ${name}`);
      }
    } finally {
      await database.end();
    }
  }
}

function detach(table: JournalTable, name: string): string {
  return `alter table ${table} detach partition ${name}`;
}

function attach(table: JournalTable, name: string): string {
  return `alter table ${table} attach partition ${name} for values from (${start(name)}) to (${start(name, 1)})`;
}

/** The lowest id of the day that a table is of, or of a later one. */
function start(name: string, later = 0): string {
  return `journal_day_start(to_date('${name.slice(-8)}', 'YYYYMMDD') + ${String(later)})`;
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
