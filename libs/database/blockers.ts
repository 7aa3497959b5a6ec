/** A session of the database for which another waits. */
export interface Blocker {
  readonly pid: number;
  readonly application: string;
  readonly user: string;
  /** For how long its transaction is open, seconds; null when others may not see that. */
  readonly openSeconds: number | null;
  /** The beginning of what it does, or did last. */
  readonly query: string;
}

/** Whatever asks the database. */
interface Asker {
  query(text: string): Promise<unknown>;
}

/** The database that is asked, as `pg_locks` names it: that view shows the locks of all databases of a server. */
export const thisDatabase = '(select oid from pg_database where datname = current_database())';

/**
 * What there is to be known of sessions.
 *
 * @param pids A query for their server processes.
 */
export async function blockersOf(asker: Asker, pids: string): Promise<Blocker[]> {
  const answer = (await asker.query(
    `select pid, application_name as application, usename as user, round(extract(epoch from now() - xact_start))::integer as "openSeconds",
       left(query, 200) as query from pg_stat_activity where pid in (${pids}) order by xact_start, pid limit 5`,
  )) as Blocker[] | { rows: Blocker[] };
  return Array.isArray(answer) ? answer : answer.rows;
}
