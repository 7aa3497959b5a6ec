import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { heartbeatLifeSeconds } from '#contracts';
import type { Absence } from './absence-notice.ts';

/** How the executors stand, by the database's clock. */
export interface ExecutorsNow {
  readonly running: boolean;
  /** Milliseconds since the last heartbeat of any; null: there is none. */
  readonly silentMs: number | null;
}

/** An absence, and which of its notices were sent. */
export interface UnsentAbsence extends Absence {
  readonly beginIsSent: boolean;
}

const columns = 'id, since, noticed_at as "noticedAt", ended_at as "endedAt"';

export async function executorsNow(database: DataSource): Promise<ExecutorsNow> {
  const [row] = await database.query<[ExecutorsNow]>(
    `select coalesce(max(heartbeat_at) > now() - make_interval(secs => $1), false) as running,
       extract(epoch from now() - max(heartbeat_at))::double precision * 1000 as "silentMs"
     from executors`,
    [heartbeatLifeSeconds],
  );
  return row;
}

/**
 * Notes that no executor runs, unless that is noted already, or was within the interval.
 *
 * @param sinceMs For how long, milliseconds.
 */
export async function beginAbsence(database: DataSource, sinceMs: number, intervalMs: number): Promise<void> {
  // Several registries may see it at the same time.
  await database.query(
    `insert into executor_absences (id, since)
     select $1, now() - make_interval(secs => $2::double precision / 1000)
     where not exists (
       select from executor_absences
       where ended_at is null or noticed_at > now() - make_interval(secs => $3::double precision / 1000))
     on conflict do nothing`,
    [uuidv7(), sinceMs, intervalMs],
  );
}

export async function endAbsence(database: DataSource): Promise<void> {
  await database.query('update executor_absences set ended_at = now() where ended_at is null');
}

/** Those with a notice to be sent, the oldest first. */
export function unsentAbsences(database: DataSource): Promise<UnsentAbsence[]> {
  return database.query<UnsentAbsence[]>(
    `select ${columns}, begin_sent_at is not null as "beginIsSent" from executor_absences
     where end_sent_at is null and (begin_sent_at is null or ended_at is not null) order by id limit 10`,
  );
}

export async function noteSent(database: DataSource, id: string, which: 'begin' | 'end'): Promise<void> {
  await database.query(`update executor_absences set ${which}_sent_at = now() where id = $1`, [id]);
}

/** Forgets those that ended long ago. */
export async function forgetAbsences(database: DataSource): Promise<void> {
  await database.query(`delete from executor_absences where end_sent_at < now() - interval '90 days'`);
}
