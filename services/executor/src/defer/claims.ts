import type { DeferralAnswer } from '#contracts';
import { inTransaction, Lease, leaseTerms, type LeasedTable, type Leases, type Pool } from '#database';
import type { Hold } from '../call/call.ts';

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
  /** The handler or target whose hold it waited for, now or before. */
  readonly heldBy: string | null;
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
  /** The handler or target whose hold the key has waited for: its events continue at that one's pace. */
  readonly heldBy: string | null;
  /** True while the event is worked on for which a person asked. */
  urgent: boolean;

  /** @param askedAt When it was claimed, by `performance.now()`. */
  constructor(leases: Leases, { leaseId, key, ...row }: ClaimedKey, askedAt: number, urgent: boolean) {
    super(leases, leaseId, key, askedAt);
    this.handlerId = row.handlerId;
    this.detached = row.detached;
    this.takenOver = row.takenOver;
    this.heldBy = row.heldBy;
    this.urgent = urgent || row.operationId !== null;
  }
}

/** How many more keys may be taken up. */
export interface Places {
  /** Of those that wait for one handler, or for all handlers of one target. */
  readonly usual: number;
  /** By the id of a handler or a target, where it is not the usual number. */
  readonly special: ReadonlyMap<string, number>;
  /** By the id of a target with limits: of those that an operation has asked for. */
  readonly limited: ReadonlyMap<string, number>;
}

/**
 * The handlers that keys wait for, found by leaps through the index: there may be many keys to each. With them the
 * targets that they call, and those whose holds keys wait for.
 */
const waitingHandlers = `recursive waiting as (
    (select handler_id from deferral_keys where reserved_by is null and held_by is null order by handler_id limit 1)
    union all
    select (select k.handler_id from deferral_keys k
      where reserved_by is null and held_by is null and k.handler_id > w.handler_id order by k.handler_id limit 1)
    from waiting w where w.handler_id is not null
  ), special as materialized (
    select id, places from json_to_recordset($1::json) as s (id uuid, places integer)
  ), places as (
    select w.handler_id, (h.task ->> 'target')::uuid as target_id, coalesce(s.places, $2::integer) as places,
      case when h.task ->> 'target' is not null then coalesce(t.places, $2::integer) end as target_places
    from waiting w left join handlers h on h.id = w.handler_id
      left join special s on s.id = w.handler_id left join special t on t.id = (h.task ->> 'target')::uuid
    where w.handler_id is not null
  )`;

const claimed = `deferral_keys.key, deferral_keys.lease_id as "leaseId", handler_id as "handlerId", detached,
  operation_id as "operationId", coalesce(held_by, paced_by) as "heldBy"`;

const ofHandler = `handler_id = p.handler_id and reserved_by is null and held_by is null`;
const isDue = `operation_id is null and coalesce(lease_until, due_at) <= now()`;
const isAsked = `operation_id is not null and coalesce(lease_until, due_at) <= now()`;

// First what an operation has asked for: it comes at a pace, and would otherwise wait behind all that is due. A target
// with limits takes no more of it at a time than it can call, so that the operation does not take the places of others.
// Then a few keys of each handler, and not the oldest of all: those that wait for a slow one would be taken up before
// others. Handlers of one target that have due keys share its places evenly.
const claimStatement = {
  name: 'claim-keys',
  text: `with ${waitingHandlers}, asked as (
      select key, lease_id is not null as taken_over from deferral_keys join (
        select key, l.places, row_number() over (partition by l.id order by waiting_since, key) as place
        from deferral_keys left join handlers h on h.id = handler_id
          left join json_to_recordset($4::json) as l (id uuid, places integer) on l.id = (h.task ->> 'target')::uuid
        where ${isAsked}
      ) ranked using (key)
      where ${isAsked} and place <= coalesce(places, $3)
      order by waiting_since, key limit $3 for update of deferral_keys skip locked
    ), shared as (
      select handler_id, case when target_id is null then places else least(places,
        ceil(target_places::double precision / count(*) over (partition by target_id)))::integer end as places
      from places p where places > 0 and exists (select from deferral_keys where ${ofHandler} and ${isDue})
    ), usual as (
      select k.* from (select * from shared where places > 0 order by random()) p cross join lateral (
        select key, lease_id is not null as taken_over from deferral_keys where ${ofHandler} and ${isDue}
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
  const values = [...placeValues(places), most, placesJson(places.limited)];
  const { rows } = await pool.query<ClaimedKey>({ ...claimStatement, values });
  return rows;
}

// Those that have waited for a hold, in the order of their waiting.
const claimReleasedStatement = {
  name: 'claim-released-keys',
  text: `with due as (
      select k.* from json_to_recordset($1::json) as p (id uuid, places integer) cross join lateral (
        select key, lease_id is not null as taken_over from deferral_keys
        where held_by = p.id and reserved_by is null and ${isDue}
        order by coalesce(lease_until, due_at) limit p.places for update skip locked
      ) k limit $2
    )
    update deferral_keys set ${leaseTerms.take()} from due where deferral_keys.key = due.key
    returning ${claimed}, taken_over as "takenOver"`,
};

/**
 * Claims keys that have waited for the end of a hold.
 *
 * @param places How many, by the id of the handler or target that was held.
 */
export async function claimReleased(
  pool: Pool,
  places: ReadonlyMap<string, number>,
  most: number,
): Promise<ClaimedKey[]> {
  const { rows } = await pool.query<ClaimedKey>({ ...claimReleasedStatement, values: [placesJson(places), most] });
  return rows;
}

const nextDueStatement = {
  name: 'next-due-key',
  text: `with ${waitingHandlers}, holding as (
      (select held_by from deferral_keys
        where reserved_by is null and held_by is not null order by held_by limit 1)
      union all
      select (select k.held_by from deferral_keys k
        where reserved_by is null and held_by is not null and k.held_by > h.held_by order by k.held_by limit 1)
      from holding h where h.held_by is not null
    )
    select extract(epoch from min(k.due) - now())::double precision * 1000 as "milliseconds",
      array(select held_by from holding where held_by is not null) as "heldBy"
    from (select) as always left join places p on p.places > 0 and coalesce(p.target_places, 1) > 0
      left join lateral (
        select coalesce(lease_until, due_at) as due from deferral_keys
        where ${ofHandler} order by coalesce(lease_until, due_at) limit 1
      ) k on true`,
};

/** What comes next in the slow lane. */
export interface Upcoming {
  /** Milliseconds until the next key is due that may be taken up; null when there is none. */
  readonly milliseconds: number | null;
  /** The handlers and targets whose holds keys wait for, or have waited for. */
  readonly heldBy: readonly string[];
}

/** Looks at what comes next. */
export async function upcoming(pool: Pool, places: Places): Promise<Upcoming> {
  const { rows } = await pool.query<Upcoming>({ ...nextDueStatement, values: placeValues(places) });
  return rows[0]!;
}

function placeValues({ usual, special }: Places): [string, number] {
  return [placesJson(special), usual];
}

function placesJson(places: ReadonlyMap<string, number>): string {
  return JSON.stringify([...places].map(([id, count]) => ({ id, places: count })));
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
