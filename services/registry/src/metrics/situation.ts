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
}

/** By the database's clock: ours and the executors' may differ. */
export async function situation(dataSource: DataSource): Promise<Situation> {
  const [row] = await dataSource.query<[Situation]>(
    `select catalog.revision, running.executors, running.behind, waiting.keys, waiting."oldestSeconds", deferred.events
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
       (select count(*)::integer as events from deferrals) as deferred`,
    [heartbeatLifeSeconds],
  );
  return row;
}
