import { noHandler } from '#contracts';
import { untilAnswered, type Pool } from '#database';
import type { Logger } from '#observability';
import type { Resume } from '../record/run.ts';

// The turn of a resumed event has come: it waits in its key's line from now on, before all that follow. One statement
// does all of it, and once: a redelivered message finds the operation in the event's row. The statement distinguishes
// handlers with an open failure, which are called again; handlers whose failure a person has settled; and handlers that
// were not called because of a failure, without the disabled ones. A detached execution that has failed stays in the
// slow lane for a while if its executor died then; until it has left, it is not called from here as well.
const resumeStatement = {
  name: 'resume-event',
  text: `with event as (
      select * from events where id = $2 and status in ('failed', 'waiting') and resume_id is distinct from $1
        and not exists (select from operations where id = $1 and cancelled_at is not null)
      for update
    ), part as (
      select event.*,
        (select coalesce(jsonb_agg(jsonb_build_object('handlerId', handler_id, 'attempts', attempts) order by id), '[]')
          from failures where journal_id = event.id and open and ($3::uuid[] is null or handler_id = any($3))
            and not exists (select from deferrals where key = execution_id::text)) as failing,
        array(select handler_id from failures where journal_id = event.id and settled_at is not null) as settled,
        array(select id from unnest(event.skipped) as id where id <> all(event.disabled)) as stopped
      from event where not exists (
        select from deferrals where deferrals.key = event.partition_key and deferrals.journal_id = event.id)
    ), due as (
      select *, coalesce((failing -> 0 ->> 'handlerId')::uuid, stopped[1], $4::uuid) as first from part
      where failing <> '[]' or settled <> '{}' and stopped <> '{}'
    ), waiting_keys as (
      insert into deferral_keys (key, due_at, handler_id, reason, detached)
      select partition_key, now(), first, 'resume', false from due
      on conflict (key) do update set key = excluded.key where false
    ), deferred as (
      insert into deferrals (key, journal_id, event_id, event_type, object_id, partition_key, replay_id, traceparent,
        received_at, body, resume)
      select partition_key, id, event_id, type, object_id, partition_key, replay_id, traceparent, received_at, body,
        jsonb_build_object('operationId', $1::uuid, 'failed', failing, 'settled', settled, 'skipped', stopped)
      from due on conflict do nothing returning journal_id
    ), resumed as (
      update events set status = 'waiting', failed = false, finished_at = null, resume_id = $1,
        skipped = array(select id from unnest(events.skipped) as id where id = any(events.disabled))
      from deferred where events.id = deferred.journal_id
    ), unneeded as (
      update failures set operation_id = null
      where journal_id = $2 and operation_id = $1 and not exists (select from deferred)
        and not exists (select from events where id = $2 and resume_id = $1)
      returning journal_id
    ), counted as (
      update operation_runs set unneeded = operation_runs.unneeded + 1
      where operation_id = $1 and exists (select from unneeded)
    )
    select count(*)::integer as deferred from deferred`,
};

/** Puts failed events into the slow lane when an operation resumes them. */
export class Resumption {
  readonly #pool: Pool;
  readonly #onDeferred: (delayMs: number) => void;
  readonly #logger: Logger;

  /** @param onDeferred Called when an event is due after this number of milliseconds. */
  constructor(pool: Pool, onDeferred: (delayMs: number) => void, logger: Logger) {
    this.#pool = pool;
    this.#onDeferred = onDeferred;
    this.#logger = logger;
  }

  /**
   * To be called when it is the event's turn among those of its key. Does nothing if nothing is left to resume, if the
   * event still waits, or if the operation was cancelled or has done it already.
   *
   * @param signal Fires when another executor has the message; its reason is thrown.
   * @returns Whether the event continues.
   */
  async begin({ operationId, journalId, handlerIds }: Resume, signal: AbortSignal): Promise<boolean> {
    const values = [operationId, journalId, handlerIds, noHandler];
    const { rows } = await untilAnswered(
      () => this.#pool.query<{ deferred: number }>({ ...resumeStatement, values }),
      (error) => this.#logger.warn({ err: error, journalId }, 'resume is waiting for the database'),
      signal,
    );
    const continues = rows[0]!.deferred > 0;
    if (continues) this.#onDeferred(0);
    return continues;
  }
}
