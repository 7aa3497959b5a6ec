import { lowestIdAt, type Pool } from '#database';
import type { ReplayRequest, Selection } from './replay-selection.ts';

/** How long a replay is ours after each sign of life, seconds by the database's clock. */
const leaseSeconds = 30;
/** A page ends with the event that reaches it: so much of the journal is in memory at a time. */
const pageBytes = 2 * 1024 * 1024;
/** How long a search of the journal may take, milliseconds: a filter may find little in a long one. */
const searchLimitMs = 300_000;
const leaseUntil = `lease_until = now() + make_interval(secs => ${leaseSeconds})`;

// A run that nobody ended is found also when its replay was cancelled: it is taken over to be brought to its end.
// Single events go first: somebody waits to see what becomes of them.
const nextStatement = `
  select r.id, r.created_at as "createdAt", r.event_id as "eventId", r.filter, r.handler_ids as "handlerIds",
         run.replay_id is not null as begun
  from replays r left join replay_runs run on run.replay_id = r.id
  where (run.replay_id is null and r.cancelled_at is null)
     or (run.replay_id is not null and run.finished_at is null
         and coalesce(run.lease_until, '-infinity') <= now())
  order by r.event_id is null, r.created_at, r.id
  limit 1`;

// Who claims finds what it has claimed already, when the connection broke before the answer came.
const beginStatement = `
  insert into replay_runs (replay_id, total, lease_id, lease_until)
  values ($1, $3, $2, now() + make_interval(secs => ${leaseSeconds}))
  on conflict (replay_id) do update set ${leaseUntil} where replay_runs.lease_id = excluded.lease_id
  returning published, position`;

const takeOverStatement = `
  update replay_runs set lease_id = $2, ${leaseUntil}
  where replay_id = $1 and finished_at is null and (lease_id = $2 or coalesce(lease_until, '-infinity') <= now())
  returning published, position`;

const renewStatement = `
  update replay_runs run set ${leaseUntil} from replays r
  where run.replay_id = $1 and run.lease_id = $2 and r.id = run.replay_id
  returning r.cancelled_at is not null as cancelled`;

// What a filter finds may change while the replay runs, and with it more may be sent than was counted.
const advanceStatement = `
  update replay_runs set published = $3, position = $4, total = greatest(total, $3), ${leaseUntil}
  where replay_id = $1 and lease_id = $2`;

const finishStatement = `
  update replay_runs set finished_at = now(), lease_id = null, lease_until = null,
    total = case when $3 then total else published end
  where replay_id = $1 and lease_id = $2`;

const releaseStatement = `
  update replay_runs set lease_until = now() where replay_id = $1 and lease_id = $2 and finished_at is null`;

const giveUpStatement = `
  insert into replay_runs (replay_id, total, finished_at) values ($1, 0, now())
  on conflict (replay_id) do update set finished_at = now(), lease_id = null, lease_until = null
  where replay_runs.lease_id = $2`;

/** A replay that somebody has to make. */
export interface PendingReplay extends ReplayRequest {
  /** Whether it was begun, by somebody who is gone. */
  readonly begun: boolean;
}

/** The right to make a replay. */
export interface ReplayLease {
  readonly replayId: string;
  /** Asked for by every write: who was paused while another took over finds out. */
  readonly leaseId: string;
}

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

  /** The first replay that nobody makes. */
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

  /** Claims a replay that was not begun; undefined when somebody else was faster. */
  async begin({ replayId, leaseId }: ReplayLease, total: number): Promise<ReplayProgress | undefined> {
    const { rows } = await this.#pool.query<ReplayProgress>(beginStatement, [replayId, leaseId, total]);
    return rows[0];
  }

  /** Claims a replay whose lease has run out; undefined when somebody else was faster. */
  async takeOver({ replayId, leaseId }: ReplayLease): Promise<ReplayProgress | undefined> {
    const { rows } = await this.#pool.query<ReplayProgress>(takeOverStatement, [replayId, leaseId]);
    return rows[0];
  }

  /** Keeps the lease, and asks whether the replay is still wanted. */
  async renew({ replayId, leaseId }: ReplayLease): Promise<'wanted' | 'cancelled' | 'lost'> {
    const { rows } = await this.#pool.query<{ cancelled: boolean }>(renewStatement, [replayId, leaseId]);
    if (!rows[0]) return 'lost';
    return rows[0].cancelled ? 'cancelled' : 'wanted';
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

  /** Writes down how far the replay is, and keeps the lease; false when that is lost. */
  async advance({ replayId, leaseId }: ReplayLease, { published, position }: ReplayProgress): Promise<boolean> {
    const { rowCount } = await this.#pool.query(advanceStatement, [replayId, leaseId, published, position]);
    return rowCount === 1;
  }

  /** Ends the replay. Of one that is complete, the total is what was found in the end. */
  async finish({ replayId, leaseId }: ReplayLease, cancelled: boolean): Promise<void> {
    await this.#pool.query(finishStatement, [replayId, leaseId, cancelled]);
  }

  /** Lets somebody else go on at once; nothing happens when the replay is at its end or no longer ours. */
  async release({ replayId, leaseId }: ReplayLease): Promise<void> {
    await this.#pool.query(releaseStatement, [replayId, leaseId]);
  }

  /** Ends a replay that cannot be made, begun or not. */
  async giveUp({ replayId, leaseId }: ReplayLease): Promise<void> {
    await this.#pool.query(giveUpStatement, [replayId, leaseId]);
  }
}
