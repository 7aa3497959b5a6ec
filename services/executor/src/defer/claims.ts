import { inTransaction, type Pool } from '#database';
import type { DeferralAnswer } from '#contracts';

/** How long a key is ours when we claim it, milliseconds. */
export const leaseMs = 30_000;

const lease = `lease_id = gen_random_uuid(), lease_until = now() + make_interval(secs => ${leaseMs / 1_000})`;

/** A key that was claimed. */
export interface Claim {
  readonly key: string;
  readonly leaseId: string;
  readonly handlerId: string;
  readonly detached: boolean;
}

/** How many more keys may be taken up. */
export interface Shares {
  /** Of those that wait for one handler. */
  readonly usual: number;
  /** By handler id, where it is not the usual number. */
  readonly special: ReadonlyMap<string, number>;
}

/** The handlers that keys wait for, found by leaps through the index: there may be many keys to each. */
const waitingHandlers = `recursive handlers as (
    (select handler_id from deferral_keys order by handler_id limit 1)
    union all
    select (select k.handler_id from deferral_keys k where k.handler_id > h.handler_id order by k.handler_id limit 1)
    from handlers h where h.handler_id is not null
  ), shares as (
    select h.handler_id, coalesce(s.share, $2::integer) as share
    from handlers h left join json_to_recordset($1::json) as s (handler_id uuid, share integer) using (handler_id)
    where h.handler_id is not null
  )`;

// A few keys of each handler, and not the oldest of all: those that wait for a slow one would be taken up before all
// others.
const claimStatement = {
  name: 'claim-keys',
  text: `with ${waitingHandlers}, due as (
      select k.key from (select * from shares where share > 0 order by random()) s cross join lateral (
        select key from deferral_keys
        where handler_id = s.handler_id and coalesce(lease_until, due_at) <= now()
        order by coalesce(lease_until, due_at) limit s.share for update skip locked
      ) k limit $3
    )
    update deferral_keys set ${lease} from due where deferral_keys.key = due.key
    returning deferral_keys.key, lease_id as "leaseId", handler_id as "handlerId", detached`,
};

/** Claims keys that are due. */
export async function claimDue(pool: Pool, shares: Shares, most: number): Promise<Claim[]> {
  const { rows } = await pool.query<Claim>({ ...claimStatement, values: [...shareValues(shares), most] });
  return rows;
}

const nextDueStatement = {
  name: 'next-due-key',
  text: `with ${waitingHandlers}
    select extract(epoch from min(k.due) - now())::double precision * 1000 as "milliseconds"
    from shares s cross join lateral (
      select coalesce(lease_until, due_at) as due from deferral_keys
      where handler_id = s.handler_id order by coalesce(lease_until, due_at) limit 1
    ) k where s.share > 0`,
};

/** Milliseconds until the next key is due that may be taken up, or undefined when there is none. */
export async function nextDue(pool: Pool, shares: Shares): Promise<number | undefined> {
  const { rows } = await pool.query<{ milliseconds: number | null }>({
    ...nextDueStatement,
    values: shareValues(shares),
  });
  return rows[0]?.milliseconds ?? undefined;
}

function shareValues({ usual, special }: Shares): [string, number] {
  const rows = [...special].map(([handler_id, share]) => ({ handler_id, share: Math.max(0, share) }));
  return [JSON.stringify(rows), usual];
}

/**
 * Claims one key, whether it is due or not, unless somebody works on it.
 *
 * @param giveUp Whether the execution is to be given up that it waits for; that is remembered until it has been done.
 */
export async function claimKey(
  pool: Pool,
  key: string,
  giveUp: boolean,
): Promise<Claim | Exclude<DeferralAnswer, { kind: 'taken' }>> {
  return inTransaction(pool, async (client) => {
    const claimed = await client.query<Claim>(
      `update deferral_keys set ${lease} where key = $1 and (lease_until is null or lease_until <= now())
       returning key, lease_id as "leaseId", handler_id as "handlerId", detached`,
      [key],
    );
    if (claimed.rows[0]) {
      const first = 'select min(seq) from deferrals where key = $1';
      if (giveUp) await client.query(`update deferrals set give_up = true where seq = (${first})`, [key]);
      return claimed.rows[0];
    }
    const found = await client.query('select from deferral_keys where key = $1', [key]);
    return { kind: found.rowCount === 0 ? 'not_waiting' : 'running' };
  });
}

// A row that is locked at the moment is left out, rather than waited for: there is time to renew it the next time.
const renewStatement = {
  name: 'renew-leases',
  text: `update deferral_keys
    set lease_until = greatest(lease_until, now() + make_interval(secs => $2::double precision / 1000))
    where key in (select key from deferral_keys where lease_id = any($1) order by key for update skip locked)
    returning lease_id as id`,
};

/** Makes leases last for so many milliseconds from now on at least; the ids of those for which that has worked. */
export async function renewLeases(pool: Pool, leaseIds: readonly string[], milliseconds: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({ ...renewStatement, values: [leaseIds, milliseconds] });
  return rows.map(({ id }) => id);
}
