import type { DeferralAnswer } from '#contracts';
import { inTransaction, Lease, leaseTerms, type LeasedTable, type Leases, type Pool } from '#database';
import type { Hold } from '../call/hold.ts';

/** What is claimed. */
export const waitingKeys: LeasedTable = { table: 'deferral_keys', key: 'key', keyType: 'text' };

/** The row of a key that was claimed. */
export interface ClaimedKey {
  readonly key: string;
  readonly leaseId: string;
  readonly handlerId: string;
  readonly detached: boolean;
  readonly takenOver: boolean;
  /** The operation that has asked for its next attempt. */
  readonly operationId: string | null;
}

/** The right to work on the events of a key that waits. */
export class Claim extends Lease implements Hold {
  readonly lane = 'slow';
  /** The handler that the key waited for when it was claimed. */
  readonly handlerId: string;
  /** Whether it is a detached execution that waits, and no event. */
  readonly detached: boolean;
  /** Whether an executor had it that did not write all down before it left: the rest stands in the journal only. */
  readonly takenOver: boolean;
  /** True while the event is worked on for which a person asked. */
  urgent: boolean;

  /** @param askedAt When it was claimed, by `performance.now()`. */
  constructor(leases: Leases, { leaseId, key, ...row }: ClaimedKey, askedAt: number, urgent: boolean) {
    super(leases, leaseId, key, askedAt);
    this.handlerId = row.handlerId;
    this.detached = row.detached;
    this.takenOver = row.takenOver;
    this.urgent = urgent || row.operationId !== null;
  }
}

/** How many more keys may be taken up. */
export interface Places {
  /** Of those that wait for one handler. */
  readonly usual: number;
  /** By handler id, where it is not the usual number. */
  readonly special: ReadonlyMap<string, number>;
}

/** The handlers that keys wait for, found by leaps through the index: there may be many keys to each. */
const waitingHandlers = `recursive handlers as (
    (select handler_id from deferral_keys where reserved_by is null order by handler_id limit 1)
    union all
    select (select k.handler_id from deferral_keys k
      where reserved_by is null and k.handler_id > h.handler_id order by k.handler_id limit 1)
    from handlers h where h.handler_id is not null
  ), places as (
    select h.handler_id, coalesce(s.places, $2::integer) as places
    from handlers h left join json_to_recordset($1::json) as s (handler_id uuid, places integer) using (handler_id)
    where h.handler_id is not null
  )`;

const claimed = `deferral_keys.key, deferral_keys.lease_id as "leaseId", handler_id as "handlerId", detached,
  operation_id as "operationId"`;

// First what an operation has asked for: it comes at a pace, and would otherwise wait behind all that is due. Then a
// few keys of each handler, and not the oldest of all: those that wait for a slow one would be taken up before others.
const claimStatement = {
  name: 'claim-keys',
  text: `with ${waitingHandlers}, asked as (
      select key, lease_id is not null as taken_over from deferral_keys
      where operation_id is not null and coalesce(lease_until, due_at) <= now()
      order by waiting_since, key limit $3 for update skip locked
    ), usual as (
      select k.* from (select * from places where places > 0 order by random()) p cross join lateral (
        select key, lease_id is not null as taken_over from deferral_keys
        where handler_id = p.handler_id and reserved_by is null and operation_id is null
          and coalesce(lease_until, due_at) <= now()
        order by coalesce(lease_until, due_at) limit p.places for update skip locked
      ) k limit $3
    ), due as (
      select * from asked union all select * from usual limit $3
    )
    update deferral_keys set ${leaseTerms.take()} from due where deferral_keys.key = due.key
    returning ${claimed}, taken_over as "takenOver"`,
};

/** Claims keys that are due. */
export async function claimDue(pool: Pool, places: Places, most: number): Promise<ClaimedKey[]> {
  const { rows } = await pool.query<ClaimedKey>({ ...claimStatement, values: [...placeValues(places), most] });
  return rows;
}

const nextDueStatement = {
  name: 'next-due-key',
  text: `with ${waitingHandlers}
    select extract(epoch from min(k.due) - now())::double precision * 1000 as "milliseconds"
    from places p cross join lateral (
      select coalesce(lease_until, due_at) as due from deferral_keys
      where handler_id = p.handler_id and reserved_by is null order by coalesce(lease_until, due_at) limit 1
    ) k where p.places > 0`,
};

/** Milliseconds until the next key is due that may be taken up, or undefined when there is none. */
export async function nextDue(pool: Pool, places: Places): Promise<number | undefined> {
  const { rows } = await pool.query<{ milliseconds: number | null }>({
    ...nextDueStatement,
    values: placeValues(places),
  });
  return rows[0]?.milliseconds ?? undefined;
}

function placeValues({ usual, special }: Places): [string, number] {
  return [JSON.stringify([...special].map(([handler_id, places]) => ({ handler_id, places }))), usual];
}

/**
 * Claims one key, due or not, unless an executor processes it.
 *
 * @param giveUp Whether to give up the execution that it waits for; this is remembered until it has been done.
 */
export async function claimKey(
  pool: Pool,
  key: string,
  giveUp: boolean,
): Promise<ClaimedKey | Exclude<DeferralAnswer, { kind: 'taken' }>> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<ClaimedKey>(
      `update deferral_keys set ${leaseTerms.take()}
       from (select key, lease_id is not null as taken_over from deferral_keys
         where key = $1 and ${leaseTerms.isFree} for update) as free
       where deferral_keys.key = free.key returning ${claimed}, taken_over as "takenOver"`,
      [key],
    );
    if (rows[0]) {
      const first = 'select min(seq) from deferrals where key = $1';
      if (giveUp) await client.query(`update deferrals set give_up = true where seq = (${first})`, [key]);
      return rows[0];
    }
    const found = await client.query('select from deferral_keys where key = $1', [key]);
    return { kind: found.rowCount === 0 ? 'not_waiting' : 'running' };
  });
}
