/** How fast all executors together may do something. */
export interface Pace {
  /** Of the handler or target. */
  readonly id: string;
  /** `rate`: call a target. `release`: continue what a handler or a target has held. */
  readonly purpose: 'rate' | 'release';
  readonly perSecond: number;
  /** How many may come at once, after a while without any; at least 1. */
  readonly burst: number;
}

/** What an executor asks for. */
export interface PaceRequest extends Pace {
  /** How many could begin now. */
  readonly wanted: number;
}

/** What it is given. Times are milliseconds since 1970, by the database's clock. */
export interface PaceGrant extends Pick<Pace, 'id' | 'purpose'> {
  readonly granted: number;
  /** When they were given. */
  readonly at: number;
  /** When the first of them would be due by an even pace; the burst is how far it may be ahead. */
  readonly from: number;
}

/**
 * How far ahead slots are given, milliseconds. It bounds what is lost with an executor that dies, and what one executor
 * can take from the others.
 */
export const horizonMs = 200;

// The generic cell rate algorithm: `next_at` is the theoretical arrival time. A slot may be used a burst before its
// time by an even pace, and is given when that is not further ahead than the horizon. A row is locked before it is
// read, so no two executors are given the same slot; rows are locked in order, so that executors do not deadlock. The
// upper bound makes a rate that was raised apply at once.
export const paceStatement = {
  name: 'take-pace',
  text: `with wanted as materialized (
      select id, purpose, wanted, greatest(burst, 1) as burst, interval '1 second' / per_second as apart
      from json_to_recordset($1::json) as row
        (id uuid, purpose text, per_second double precision, burst double precision, wanted integer)
    ), locked as materialized (
      select id, purpose, next_at from paces where (id, purpose) in (select id, purpose from wanted)
      order by id, purpose for update
    ), timed as materialized (
      select id, purpose, wanted, apart, (burst - 1) * apart as ahead, now() as at,
        least(greatest(next_at, now()), now() + burst * apart + interval '${String(horizonMs)} milliseconds') as first
      from wanted join locked using (id, purpose)
    ), given as materialized (
      select *, greatest(0, least(wanted, floor(
        extract(epoch from (at + interval '${String(horizonMs)} milliseconds' + ahead - first))
          / extract(epoch from apart)) + 1))::integer as granted
      from timed
    )
    update paces set next_at = given.first + given.granted * given.apart from given
    where paces.id = given.id and paces.purpose = given.purpose
    returning paces.id, paces.purpose, given.granted, (extract(epoch from given.at) * 1000)::double precision as "at",
      (extract(epoch from given.first) * 1000)::double precision as "from"`,
};

export const makePacesStatement = {
  name: 'make-paces',
  text: `insert into paces (id, purpose)
    select id, purpose from json_to_recordset($1::json) as row (id uuid, purpose text) order by id, purpose
    on conflict do nothing`,
};

/**
 * When the slot of a number, from 0, may be used by a grant: as far ahead of an even pace as the burst allows. That is
 * in the past where the answer took long: then it may have lapsed.
 */
export function slotTime(
  { perSecond, burst }: Pick<Pace, 'perSecond' | 'burst'>,
  { at, from }: Pick<PaceGrant, 'at' | 'from'>,
  index: number,
): number {
  return Math.max(at, from + (index - (Math.max(burst, 1) - 1)) * (1_000 / perSecond));
}
