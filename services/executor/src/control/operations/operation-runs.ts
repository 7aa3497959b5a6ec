import { leaseTerms, type Lease, type LeasedTable, type Pool } from '#database';
import type { OperationRequest } from './operation-request.ts';
import type { Selection, Statement } from './selections.ts';

/** How long a search may take, milliseconds: a filter may find little in a long journal. */
const searchLimitMs = 300_000;

/** An operation that an executor has to carry out. */
export interface PendingOperation extends OperationRequest {
  /** Whether it was begun by an executor that is gone. */
  readonly begun: boolean;
}

// A run without an end is also found if its operation was cancelled, so that an executor brings it to its end. What is
// about one event goes first, because a user waits for its result.
const nextStatement = `
  select o.id, o.kind, o.created_at as "createdAt", o.event_id as "eventId", o.execution_ids as "executionIds",
    o.filter,
         o.handler_ids as "handlerIds", o.edited_event as "editedEvent", o.edited_event_id as "editedEventId",
         o.canary, o.per_second as "perSecond", run.operation_id is not null as begun
  from operations o left join operation_runs run on run.operation_id = o.id
  where (run.operation_id is null and o.cancelled_at is null)
     or (run.operation_id is not null and run.finished_at is null
         and ${leaseTerms.isFree})
  order by o.event_id is null, o.created_at, o.id
  limit 1`;

// Who claims finds what it has claimed already, when the connection broke before the answer came.
const beginStatement = `
  insert into operation_runs (operation_id, total, lease_id, lease_until) values ($1, $3, $2, ${leaseTerms.end})
  on conflict (operation_id) do update set ${leaseTerms.keep} where operation_runs.lease_id = excluded.lease_id
  returning released, position`;

const takeOverStatement = `
  update operation_runs set ${leaseTerms.take('$2')}
  where operation_id = $1 and finished_at is null and (lease_id = $2 or ${leaseTerms.isFree})
  returning released, position`;

// What a filter finds may change while the operation runs, and with it more may be released than was counted.
const advanceStatement = `
  update operation_runs set released = $3, position = $4, unneeded = unneeded + $5, total = greatest(total, $3)
  where operation_id = $1 and lease_id = $2`;

// After a crash, what had its outcome already is not released again.
const finishStatement = `
  update operation_runs set finished_at = now(), ${leaseTerms.giveBack},
    total = case when $3 then greatest(released, succeeded + failed + unneeded) else total end
  where operation_id = $1 and lease_id = $2`;

const releaseStatement = `
  update operation_runs set lease_until = now() where operation_id = $1 and lease_id = $2 and finished_at is null`;

const giveUpStatement = `
  insert into operation_runs (operation_id, total, finished_at) values ($1, 0, now())
  on conflict (operation_id) do update set finished_at = now(), ${leaseTerms.giveBack}
  where operation_runs.lease_id = $2`;

const standingStatement = `
  select o.cancelled_at is null as wanted, run.succeeded, run.failed,
    (select count(*)::integer from deferral_keys where operation_id = $1)
      + (select count(distinct journal_id)::integer from failures where operation_id = $1) as outstanding
  from operations o join operation_runs run on run.operation_id = o.id where o.id = $1`;

/** The rows that executors lease. */
export const leasedRuns: LeasedTable = { table: 'operation_runs', key: 'operation_id', keyType: 'uuid' };

/** The lease on an operation, by its id and the operation's. */
type Claim = Pick<Lease, 'id' | 'key'>;

/** How far an operation is. */
export interface OperationProgress {
  /** Events or keys that were begun. */
  readonly released: number;
  /** Of the last of them; null before the first. */
  readonly position: string | null;
}

/** How far it is after a page, of which some had nothing left to be done. */
interface Advance extends OperationProgress {
  readonly unneeded: number;
}

/** What has become of what an operation has begun. */
export interface OperationStanding {
  /** Whether it was not cancelled. */
  readonly wanted: boolean;
  readonly succeeded: number;
  readonly failed: number;
  /** Begun, and without an outcome. */
  readonly outstanding: number;
}

/** What the database knows of operations, and how far they are. */
export class OperationRuns {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The first operation without an executor. */
  async next(): Promise<PendingOperation | undefined> {
    const { rows } = await this.#pool.query<PendingOperation>(nextStatement);
    return rows[0];
  }

  async count({ count }: Selection): Promise<number> {
    return (await this.#search<{ total: number }>(count))[0]!.total;
  }

  page<Item>(selection: Selection, position: string | null, size: number): Promise<Item[]> {
    return this.#search<Item>(selection.page(position, size));
  }

  /** Claims an operation that was not begun; undefined if another executor was faster. */
  async begin({ id, key }: Claim, total: number): Promise<OperationProgress | undefined> {
    const { rows } = await this.#pool.query<OperationProgress>(beginStatement, [key, id, total]);
    return rows[0];
  }

  /** Claims an operation whose lease has expired; undefined if another executor was faster. */
  async takeOver({ id, key }: Claim): Promise<OperationProgress | undefined> {
    const { rows } = await this.#pool.query<OperationProgress>(takeOverStatement, [key, id]);
    return rows[0];
  }

  async standing(operationId: string): Promise<OperationStanding> {
    const { rows } = await this.#pool.query<OperationStanding>(standingStatement, [operationId]);
    return rows[0]!;
  }

  /** Writes down how far the operation is; false when the lease is lost. */
  async advance({ id, key }: Claim, { released, unneeded, position }: Advance): Promise<boolean> {
    const { rowCount } = await this.#pool.query(advanceStatement, [key, id, released, position, unneeded]);
    return rowCount === 1;
  }

  /** Writes down what has become of the canary. */
  async judgeCanary({ id, key }: Claim, outcome: 'succeeded' | 'failed'): Promise<void> {
    const statement = 'update operation_runs set canary_outcome = $3 where operation_id = $1 and lease_id = $2';
    await this.#pool.query(statement, [key, id, outcome]);
  }

  /** @param complete Whether all was begun: then the total is what was found in the end. */
  async finish({ id, key }: Claim, complete: boolean): Promise<void> {
    await this.#pool.query(finishStatement, [key, id, complete]);
  }

  /** Lets another executor continue at once; has no effect if the operation has ended or its lease is lost. */
  async release({ id, key }: Claim): Promise<void> {
    await this.#pool.query(releaseStatement, [key, id]);
  }

  /** Ends an operation that cannot be carried out, begun or not. */
  async giveUp({ id, key }: Claim): Promise<void> {
    await this.#pool.query(giveUpStatement, [key, id]);
  }

  async #search<Row>({ text, values }: Statement): Promise<Row[]> {
    const statement = { text, values: [...values], limitMs: searchLimitMs };
    const { rows } = await this.#pool.query<Row & object>(statement);
    return rows;
  }
}
