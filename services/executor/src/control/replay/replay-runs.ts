import { leaseTerms, lowestIdAt, type Lease, type LeasedTable, type Pool } from '#database';
import type { ReplayRequest, Selection } from './replay-selection.ts';

/** A page ends with the event that reaches it: so much of the journal is in memory at a time. */
const pageBytes = 2 * 1024 * 1024;
/** How long a search of the journal may take, milliseconds: a filter may find little in a long one. */
const searchLimitMs = 300_000;

// A run without an end is also found if its replay was cancelled, so that an executor brings it to its end. Replays of
// single events go first, because a user waits for their result.
const nextStatement = `
  select r.id, r.created_at as "createdAt", r.event_id as "eventId", r.filter, r.handler_ids as "handlerIds",
         run.replay_id is not null as begun
  from replays r left join replay_runs run on run.replay_id = r.id
  where (run.replay_id is null and r.cancelled_at is null)
     or (run.replay_id is not null and run.finished_at is null
         and ${leaseTerms.isFree})
  order by r.event_id is null, r.created_at, r.id
  limit 1`;

// Who claims finds what it has claimed already, when the connection broke before the answer came.
const beginStatement = `
  insert into replay_runs (replay_id, total, lease_id, lease_until) values ($1, $3, $2, ${leaseTerms.end})
  on conflict (replay_id) do update set ${leaseTerms.keep} where replay_runs.lease_id = excluded.lease_id
  returning published, position`;

const takeOverStatement = `
  update replay_runs set ${leaseTerms.take('$2')}
  where replay_id = $1 and finished_at is null and (lease_id = $2 or ${leaseTerms.isFree})
  returning published, position`;

// What a filter finds may change while the replay runs, and with it more may be sent than was counted.
const advanceStatement = `
  update replay_runs set published = $3, position = $4, total = greatest(total, $3)
  where replay_id = $1 and lease_id = $2`;

const finishStatement = `
  update replay_runs set finished_at = now(), ${leaseTerms.giveBack},
    total = case when $3 then total else published end
  where replay_id = $1 and lease_id = $2`;

const releaseStatement = `
  update replay_runs set lease_until = now() where replay_id = $1 and lease_id = $2 and finished_at is null`;

const giveUpStatement = `
  insert into replay_runs (replay_id, total, finished_at) values ($1, 0, now())
  on conflict (replay_id) do update set finished_at = now(), ${leaseTerms.giveBack}
  where replay_runs.lease_id = $2`;

/** A replay that an executor has to carry out. */
export interface PendingReplay extends ReplayRequest {
  /** Whether it was begun by an executor that is gone. */
  readonly begun: boolean;
}

/** The rows that replayers lease. */
export const leasedRuns: LeasedTable = { table: 'replay_runs', key: 'replay_id', keyType: 'uuid' };

/** The lease on a replay, by its id and the replay's. */
type Claim = Pick<Lease, 'id' | 'key'>;

/** How far a replay is. */
export interface ReplayProgress {
  /** Events that were sent. */
  readonly published: number;
  /** The journal's id of the last of them. */
  readonly position: string | null;
}

/** An event of the journal that is to be sent once more. */
export interface ReplayRow {
  readonly id: string;
  readonly eventId: string;
  readonly partitionKey: string;
  /** W3C trace context in which it was handled, where there was one. */
  readonly traceparent: string | null;
  readonly body: string;
}

/** What the database knows of replays, and how far they are. */
export class ReplayRuns {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The first replay without an executor. */
  async next(): Promise<PendingReplay | undefined> {
    const { rows } = await this.#pool.query<PendingReplay>(nextStatement);
    return rows[0];
  }

  /** How many events a replay is about. */
  async count({ text, values }: Selection): Promise<number> {
    const statement = {
      text: `select count(*)::integer as total from (${text}) as selected`,
      values: [...values],
      limitMs: searchLimitMs,
    };
    const { rows } = await this.#pool.query<{ total: number }>(statement);
    return rows[0]!.total;
  }

  /** Claims a replay that was not begun; undefined if another executor was faster. */
  async begin({ id, key }: Claim, total: number): Promise<ReplayProgress | undefined> {
    const { rows } = await this.#pool.query<ReplayProgress>(beginStatement, [key, id, total]);
    return rows[0];
  }

  /** Claims a replay whose lease has expired; undefined if another executor was faster. */
  async takeOver({ id, key }: Claim): Promise<ReplayProgress | undefined> {
    const { rows } = await this.#pool.query<ReplayProgress>(takeOverStatement, [key, id]);
    return rows[0];
  }

  /** Whether the replay was not cancelled. */
  async isWanted(replayId: string): Promise<boolean> {
    const found = await this.#pool.query('select from replays where id = $1 and cancelled_at is null', [replayId]);
    return found.rowCount === 1;
  }

  /** The next events, the oldest first: as many, or fewer where they are long. */
  async page({ text, values }: Selection, position: string | null, size: number): Promise<ReplayRow[]> {
    const statement = {
      text: `select id, "eventId", "partitionKey", traceparent, body from (
         select *, sum(octet_length(body)) over (order by id) - octet_length(body) as before from (
           select * from (${text}) as selected where id > $${values.length + 1} order by id limit $${values.length + 2}
         ) as page
       ) as weighed where before < ${pageBytes} order by id`,
      values: [...values, position ?? lowestIdAt(0), size],
      limitMs: searchLimitMs,
    };
    const { rows } = await this.#pool.query<ReplayRow>(statement);
    return rows;
  }

  /** Writes down how far the replay is; false when the lease is lost. */
  async advance({ id, key }: Claim, { published, position }: ReplayProgress): Promise<boolean> {
    const { rowCount } = await this.#pool.query(advanceStatement, [key, id, published, position]);
    return rowCount === 1;
  }

  /** Ends the replay. Of one that is complete, the total is what was found in the end. */
  async finish({ id, key }: Claim, cancelled: boolean): Promise<void> {
    await this.#pool.query(finishStatement, [key, id, cancelled]);
  }

  /** Lets another executor continue at once; has no effect if the replay has ended or its lease is lost. */
  async release({ id, key }: Claim): Promise<void> {
    await this.#pool.query(releaseStatement, [key, id]);
  }

  /** Ends a replay that cannot be made, begun or not. */
  async giveUp({ id, key }: Claim): Promise<void> {
    await this.#pool.query(giveUpStatement, [key, id]);
  }
}
