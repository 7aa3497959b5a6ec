import type { DataSource } from 'typeorm';
import { heartbeatLifeSeconds } from '#contracts';

/** How the installation stands. */
export interface Situation {
  readonly revision: number;
  /** That run, and those of them that have not got the newest catalog. */
  readonly executors: number;
  readonly behind: number;
  /** In the slow lane. */
  readonly keys: number;
  readonly events: number;
  readonly oldestSeconds: number;
  /** Since the event was received that waits and came first. */
  readonly oldestEventSeconds: number;
  /** Open failures, by handler. */
  readonly openFailures: readonly OpenFailures[];
  /** Of today and the seven days ahead, how many have their tables in the journal. */
  readonly journalDays: number;
  /** All that the database takes on the disk. */
  readonly databaseBytes: number;
}

export interface OpenFailures {
  readonly handlerId: string;
  readonly count: number;
}

/** By the database's clock: ours and the executors' may differ. */
export async function situation(dataSource: DataSource): Promise<Situation> {
  const [row] = await dataSource.query<[Situation]>(
    `select catalog.revision, running.executors, running.behind, waiting.keys, waiting."oldestSeconds", deferred.events,
       deferred."oldestEventSeconds", failed."openFailures", journal."journalDays", pg_database_size(current_database())::double precision as "databaseBytes"
     from catalog,
       lateral (
         select count(*)::integer as executors, (count(*) filter (where revision < catalog.revision))::integer as behind
         from executors where heartbeat_at > now() - make_interval(secs => $1)
       ) as running,
       (
         select count(*)::integer as keys,
           coalesce(extract(epoch from now() - min(waiting_since)), 0)::double precision as "oldestSeconds"
         from deferral_keys
       ) as waiting,
       (
         select count(*)::integer as events,
           coalesce(extract(epoch from now() - (select received_at from deferrals order by journal_id limit 1)), 0)::double precision
             as "oldestEventSeconds"
         from deferrals
       ) as deferred,
       (
         select coalesce(json_agg(json_build_object('handlerId', handler_id, 'count', count)), '[]') as "openFailures"
         from (select handler_id, count(*)::integer as count from failures where open group by handler_id) as by_handler
       ) as failed,
       (
         select count(*)::integer as "journalDays"
         from (select to_char((now() at time zone 'UTC')::date + ahead, '_YYYYMMDD') as name from generate_series(0, 7) as ahead) as day
         where to_regclass('events' || name) is not null and to_regclass('event_values' || name) is not null
           and to_regclass('attempts' || name) is not null
       ) as journal`,
    [heartbeatLifeSeconds],
  );
  return row;
}
