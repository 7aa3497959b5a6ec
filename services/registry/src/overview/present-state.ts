import type { DataSource } from 'typeorm';
import type { HandlerStatus } from '#contracts';
import { idBounds, type Window } from './window.ts';

/**
 * From then on a key that waits needs a look, whatever it waits for: an hour and more, the fifth attempt of the usual
 * schedule.
 */
export const longWaitMinutes = 60;

/** What waits at the moment, and what was rejected in a window. */
export interface WaitingState {
  readonly keys: number;
  readonly events: number;
  readonly oldest: Date | null;
  /** Keys that have waited long. */
  readonly long: number;
  readonly rejected: number;
}

export async function waitingState(dataSource: DataSource, window: Window): Promise<WaitingState> {
  const [, from, to] = idBounds(window);
  const [row] = await dataSource.query<[WaitingState]>(
    `select keys, events, oldest, long, rejected
     from (
       select count(*)::integer as keys, min(waiting_since) as oldest,
         (count(*) filter (where waiting_since < now() - make_interval(mins => $3)))::integer as long
       from deferral_keys
     ) as waiting,
       (select count(*)::integer as events from deferrals) as deferred,
       (select count(*)::integer as rejected from rejected_messages where id >= $1 and id < $2) as refused`,
    [from, to, longWaitMinutes],
  );
  return row;
}

export interface NamedHandler {
  readonly id: string;
  readonly name: string;
  readonly status: Exclude<HandlerStatus, 'archived'>;
}

/** The targets that are not deleted. */
export async function namedTargets(dataSource: DataSource): Promise<{ id: string; name: string }[]> {
  return dataSource.query<{ id: string; name: string }[]>('select id, name from targets where deleted_at is null');
}

/** The handlers that are in use or may be again. */
export async function namedHandlers(dataSource: DataSource): Promise<NamedHandler[]> {
  return dataSource.query<NamedHandler[]>(`select id, name, status from handlers where status <> 'archived'`);
}
