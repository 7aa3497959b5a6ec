import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The whole schema. `libs/database/grants.ts` says which service writes which table. */
export class InitialSchema1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(configuration);
    await runner.query(access);
    await runner.query(journal);
    await runner.query(journalDays);
    await runner.query(slowLane);
    await runner.query(failures);
    await runner.query(operations);
    await runner.query(executors);
    await runner.query(limits);
    await runner.query(notices);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table executor_absences, notice_watch, notices, troubles, allotments, paces, executors, operation_runs, operations,
        failures, deferrals, deferral_keys, rejected_messages, attempts,
        event_values, events,
        audit, sessions, api_keys, handlers, targets, catalog;
      drop function make_journal_day, drop_journal_days, first_kept_day, journal_day_start, refuse_change, mark_revision;
    `);
  }
}

const configuration = `
  -- One row, which counts the changes of all handlers. Whoever changes a handler locks it first.
  create table catalog (
    id smallint primary key default 1 check (id = 1),
    revision integer not null default 0,
    changed_at timestamptz not null default now()
  );
  insert into catalog default values;

  -- What to do when events of a type happen. Rows are archived and never deleted: the journal refers to them.
  create table handlers (
    id uuid primary key,
    name text not null,
    description text not null,
    event text not null,
    -- Without its secrets: *** stands in their places.
    task jsonb not null,
    -- By slot, each sealed for its handler and slot. They open nothing without SECRETS_KEY.
    secrets jsonb not null default '{}',
    -- Ids and times of the secrets that calls are signed with, which are among the secrets.
    signing_secrets jsonb not null default '[]',
    format text not null default 'native' check (format in ('native', 'cloudevents')),
    condition text,
    -- Of a handler for notices: how long the trouble has to last, as a written duration.
    lasting text,
    status text not null check (status in ('enabled', 'disabled', 'archived')),
    -- Lower runs first; of equal ones, the older.
    priority integer not null check (priority >= 1),
    on_failure text not null check (on_failure in ('stop', 'continue', 'detach')),
    timeout_ms integer not null check (timeout_ms > 0),
    retry jsonb not null,
    max_concurrency integer not null check (max_concurrency > 0),
    -- How answers are judged (OutcomeRule), and what of them later handlers of the event can read, by name.
    outcomes jsonb not null default '[]',
    keep jsonb not null default '{}',
    -- What a person has said about not calling it (Hold), the weekly hours in which it is not called, and how many events
    -- a second continue afterwards.
    hold jsonb,
    windows jsonb not null default '[]',
    release_per_second double precision not null default 250,
    -- Grows with every change of this handler: its ETag.
    version integer not null,
    -- The catalog's revision that its last change made: executors load the handlers with a later one than their own.
    revision integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create unique index handlers_name_taken on handlers (name) where status <> 'archived';
  create index handlers_of_event on handlers (event, priority, created_at, id);
  -- Those that wait for a trouble to last, which is asked for every second while one goes on.
  create index handlers_of_lasting on handlers (event, lasting) where lasting is not null and status = 'enabled';
  create index handlers_by_revision on handlers (revision);
  create index handlers_of_target on handlers ((task ->> 'target')) where task ->> 'target' is not null;

  -- HTTP systems that handlers call. A deleted one is kept, so that executors hear of it as of any change.
  create table targets (
    id uuid primary key,
    name text not null,
    description text not null,
    base_url text not null,
    -- Without its secrets, as the tasks of handlers: *** stands in their places.
    headers jsonb not null,
    secret_headers jsonb not null default '[]',
    tls jsonb,
    auth jsonb,
    -- By slot, each sealed for its target and slot.
    secrets jsonb not null default '{}',
    -- How many calls it takes, of all executors together (TargetRate); null: no limit.
    rate jsonb,
    -- Calls at a time, of all executors together; null: no limit.
    max_concurrency integer check (max_concurrency > 0),
    hold jsonb,
    windows jsonb not null default '[]',
    release_per_second double precision not null default 250,
    -- Its ETag.
    version integer not null,
    -- As that of handlers.
    revision integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
  );
  create unique index targets_name_taken on targets (name) where deleted_at is null;
  create index targets_by_revision on targets (revision);

  -- The database sets the revision, whatever writes: executors would not hear of a change without it. All writing of
  -- handlers and targets has the catalog's row locked, so that the next revision is this change's own.
  create function mark_revision() returns trigger language plpgsql as $$
    begin
      new.revision := (select revision + 1 from catalog);
      return new;
    end
  $$;
  create trigger handler_has_revision before insert or update on handlers
    for each row execute function mark_revision();
  create trigger target_has_revision before insert or update on targets
    for each row execute function mark_revision();
`;

const access = `
  -- Keys that open the REST API. The key itself is not kept.
  create table api_keys (
    id uuid primary key,
    name text not null,
    role text not null check (role in ('viewer', 'operator', 'admin')),
    -- The part of the key that may be shown, and that it is found by; a key that BOOTSTRAP_API_KEY gives may have none.
    prefix text unique,
    -- SHA-256 of the key.
    hash bytea not null unique,
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
  );

  -- Who is signed in to the console, and with which key. The cookie's value is not kept.
  create table sessions (
    id uuid primary key,
    -- SHA-256 of the cookie's value.
    hash bytea not null unique,
    key_id uuid not null references api_keys on delete cascade,
    created_at timestamptz not null default now(),
    used_at timestamptz not null default now(),
    expires_at timestamptz not null
  );
  create index sessions_of_key on sessions (key_id);

  -- Who did what, from where, with before and after; secrets are masked. Without references: it outlives its subjects.
  create table audit (
    -- UUIDv7 of when it was done.
    id uuid primary key,
    at timestamptz not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    address text not null,
    action text not null,
    subject_type text not null,
    subject_id text not null,
    subject_name text,
    before jsonb,
    after jsonb
  );
  create index audit_by_actor_id on audit (actor_id, id);
  create index audit_by_actor_name on audit (actor_name, id);
  create index audit_by_action on audit (action, id);
  create index audit_by_subject_id on audit (subject_id, id);
  create index audit_by_subject_name on audit (subject_name, id);

  create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are neither changed nor deleted', tg_table_name
        using errcode = 'insufficient_privilege';
    end
  $$;
  create trigger audit_is_append_only before update or delete on audit
    for each row execute function refuse_change();
  create trigger audit_is_not_emptied before truncate on audit
    for each statement execute function refuse_change();
`;

const journal = `
  -- Every event that was received, and how it ended; one that waits has not ended yet. A table for each day, by the id.
  create table events (
    -- The journal's own, a UUIDv7 of when the event was received.
    id uuid primary key,
    -- The event's id as billing gave it.
    event_id text not null,
    type text not null,
    -- As JSON: an object id is a number or a string, 12 or "12".
    object_id text not null,
    partition_key text not null,
    status text not null,
    -- Whether one of its executions has failed; of an event that waits, so far.
    failed boolean not null default false,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    finished_at timestamptz,
    -- The catalog's revision whose plan it ran.
    revision integer not null,
    -- Handlers of the plan that did not run. Attempts say why, except of those that an earlier failure stopped.
    skipped uuid[] not null,
    -- Handlers that did not run because they were disabled; those of the plan are in skipped as well.
    disabled uuid[] not null default '{}',
    replay_id uuid,
    -- It is an edited copy of the event with this id.
    replay_of text,
    -- The operation that last resumed it.
    resume_id uuid,
    -- An administrator made it up to try a handler.
    test boolean not null default false,
    -- W3C trace context of the span in which it was handled, or of its publisher's: a replay is linked to it.
    traceparent text,
    -- The JSON that handlers got, character for character. jsonb would change numbers and refuse \\u0000.
    body text not null
  ) partition by range (id);
  -- Takes the events of days that have no table.
  create table events_other partition of events default;
  create index events_by_event_id on events (event_id);
  create index events_by_type on events (type, id);
  create index events_by_object_id on events (object_id, id);
  create index events_by_partition_key on events (partition_key, id);
  create index events_not_succeeded on events (status, id) where status <> 'succeeded';
  create index events_failed on events (id) where failed;
  create index events_by_replay on events (replay_id, id) where replay_id is not null;
  create index events_of_tests on events (id) where test;

  -- Where values of SEARCH_FIELDS are found. A table for each day, by the id.
  create table event_values (
    -- 64 bits of a hash of field and value, which others may share.
    hash bigint not null,
    -- Of the row in events.
    id uuid not null,
    primary key (hash, id)
  ) partition by range (id);
  -- Takes the values of days that have no table.
  create table event_values_other partition of event_values default;

  -- Every call of a handler. A table for each day, by the id.
  create table attempts (
    -- UUIDv7 of when the call began.
    id uuid primary key,
    execution_id uuid not null,
    event_id text not null,
    event_type text not null,
    -- As JSON, as the event's.
    object_id text not null,
    handler_id uuid not null,
    task_type text not null,
    -- Place of the handler in the event's plan, from 1.
    position integer not null,
    -- Number of the attempt, from 1. One that is not counted shares it with the next.
    number integer not null,
    -- False: the target was not called, or the executor took the call back.
    counted boolean not null default true,
    outcome text not null,
    reason text,
    message text,
    -- Whether the call reached the target: no (nothing was sent), maybe (no complete answer), or yes.
    reached text not null,
    -- Where the execution stands after this attempt.
    status text not null,
    next_attempt_at timestamptz,
    -- The target's answer as JSON.
    response text not null,
    -- What later handlers of the event can read of the answer: the handler's name and the values, as JSON.
    kept text,
    started_at timestamptz not null,
    duration_ms double precision not null,
    revision integer not null,
    executor_id uuid not null,
    replay_id uuid,
    test boolean not null default false
  ) partition by range (id);
  -- Takes the attempts of days that have no table.
  create table attempts_other partition of attempts default;
  create index attempts_by_event_id on attempts (event_id);
  -- Found by a search for the id; executors never ask. A few bytes for each megabyte of rows cost next to nothing.
  create index attempts_by_execution_id on attempts using brin (execution_id uuid_bloom_ops)
    with (pages_per_range = 32, autosummarize = on);
  create index attempts_by_event_type on attempts (event_type, id);
  create index attempts_by_task_type on attempts (task_type, id);
  create index attempts_by_object_id on attempts (object_id, id);
  create index attempts_by_handler_id on attempts (handler_id, id);
  -- Figures are counted from indexes alone: all attempts by handler and id, and those that are no success by these two.
  create index attempts_not_succeeded on attempts (status, id) include (handler_id) where status <> 'succeeded';
  create index attempts_not_reached on attempts (reached, id) where reached <> 'yes';
  create index attempts_of_tests on attempts (id) where test;

  -- Messages that are no billing events, as they came.
  create table rejected_messages (
    -- UUIDv7 of when it was rejected.
    id uuid primary key,
    rejected_at timestamptz not null,
    reason text not null,
    message text not null,
    errors jsonb not null,
    exchange text not null,
    routing_key text not null,
    -- AMQP properties and headers as JSON. jsonb would change numbers and refuse \\u0000.
    properties text not null,
    size integer not null,
    body bytea not null,
    -- SHA-256 of all that the message is made of: it may be delivered again, and is to be here once.
    fingerprint bytea not null,
    -- Whether a notice counts it.
    noticed boolean not null default false
  );
  create index rejected_messages_not_noticed on rejected_messages (id) where not noticed;
  create index rejected_messages_by_reason on rejected_messages (reason, id);
  create index rejected_messages_by_routing_key on rejected_messages (routing_key, id);
  create index rejected_messages_by_fingerprint on rejected_messages (fingerprint, id);
`;

// Executors call two of these with the rights of the owner: they may keep the journal's days, and own no table.
const journalDays = `
  -- The lowest UUIDv7 of a day (UTC): where it begins.
  create function journal_day_start(day date) returns uuid language sql immutable as $$
    select (substr(hex, 1, 8) || '-' || substr(hex, 9) || '-0000-0000-000000000000')::uuid
    from (select lpad(to_hex((day - date '1970-01-01')::bigint * 86400000), 12, '0') as hex) as start
  $$;

  -- Makes the table of a day. Returns how many rows were moved into it, or null when the table exists already.
  create function make_journal_day(journal text, day date) returns bigint
  language plpgsql security definer as $$
    declare
      name text := journal || to_char(day, '_YYYYMMDD');
      first uuid := journal_day_start(day);
      next uuid := journal_day_start(day + 1);
      moved bigint;
    begin
      if journal not in ('events', 'event_values', 'attempts') then
        raise exception '% has no days', journal using errcode = 'invalid_parameter_value';
      end if;
      if to_regclass(name) is not null then
        return null;
      end if;
      -- Made beside the table and attached when it is full, so that writers are held up for a moment only.
      execute format('create table %I (like %I including defaults)', name, journal);
      execute format('with gone as (delete from %I where id >= $1 and id < $2 returning *)
        insert into %I select * from gone', journal || '_other', name) using first, next;
      get diagnostics moved = row_count;
      execute format('alter table %I attach partition %I for values from (%L) to (%L)', journal, name, first, next);
      return moved;
    end
  $$;

  -- The first day (UTC) of which something is younger than the retention, by the clock of this server.
  create function first_kept_day(retention interval) returns date language sql stable as $$
    select ((now() - retention) at time zone 'UTC')::date
  $$;

  -- Drops the tables of the days of which everything is older than the retention, and deletes rows of that age that have no day.
  -- Callers say how long rows are kept, and never which day it is: their clocks may be wrong. Returns the names of the tables.
  create function drop_journal_days(journal text, retention interval) returns text[]
  language plpgsql security definer as $$
    declare
      before date := first_kept_day(retention);
      name text;
      dropped text[] := '{}';
    begin
      if journal not in ('events', 'event_values', 'attempts') or retention is null or retention < interval '0' then
        raise exception 'nothing of % is kept for %', journal, retention using errcode = 'invalid_parameter_value';
      end if;
      for name in
        select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
        where inhparent = journal::regclass and relname ~ ('^' || journal || '_[0-9]{8}$')
          and to_date(right(relname, 8), 'YYYYMMDD') < before
        order by relname
      loop
        execute format('drop table %I', name);
        dropped := dropped || name;
      end loop;
      execute format('delete from %I where id < $1', journal || '_other') using journal_day_start(before);
      return dropped;
    end
  $$;

  revoke execute on function make_journal_day, drop_journal_days from public;

  -- They look for tables in this schema, whatever a caller has put before it in its own search path.
  do $$
    declare
      name text;
    begin
      foreach name in array array['make_journal_day', 'drop_journal_days'] loop
        execute format('alter function %I set search_path = %I, pg_temp', name, current_schema());
      end loop;
    end
  $$;
`;

const slowLane = `
  -- A row for each key of which events wait, or for each detached execution that does.
  create table deferral_keys (
    key text primary key,
    due_at timestamptz not null,
    -- The handler that it waits for, or the nil UUID before a plan was made.
    handler_id uuid not null,
    reason text not null,
    -- Reason of the attempt that failed last, or null when none has.
    cause text,
    detached boolean not null,
    -- The handler or target whose hold it waits for, or waited for. Null when it waits for anything else.
    held_by uuid,
    -- The one that has held it last, whatever it waits for now: all that waits in it continues at that one's pace.
    paced_by uuid,
    -- The operation that will ask for its next attempt at its pace; until then none is made.
    reserved_by uuid,
    -- The operation that has asked for its next attempt, or for its end, until that has come.
    operation_id uuid,
    waiting_since timestamptz not null default now(),
    -- The executor that holds the lease works on the key, and until then no other may.
    lease_id uuid,
    lease_until timestamptz
  );
  create index deferral_keys_by_handler on deferral_keys (handler_id, coalesce(lease_until, due_at))
    where reserved_by is null and held_by is null;
  create index deferral_keys_held on deferral_keys (held_by, coalesce(lease_until, due_at))
    where reserved_by is null and held_by is not null;
  create index deferral_keys_by_age on deferral_keys (waiting_since, key);
  create index deferral_keys_reserved on deferral_keys (reserved_by, waiting_since, key) where reserved_by is not null;
  create index deferral_keys_asked_for on deferral_keys (operation_id) where operation_id is not null;

  -- The waiting events of each key, in their order.
  create table deferrals (
    seq bigint generated always as identity primary key,
    key text not null references deferral_keys,
    journal_id uuid not null,
    event_id text not null,
    event_type text not null,
    object_id text not null,
    partition_key text not null,
    replay_id uuid,
    replay_handlers uuid[],
    traceparent text,
    received_at timestamptz not null,
    body text not null,
    -- How far the event has come; null before it has begun.
    progress jsonb,
    -- A person wants the execution that it waits for given up.
    give_up boolean not null default false,
    -- A failed event that an operation resumes, and what of it (Resume); null otherwise.
    resume jsonb,
    -- It is an edited copy of the event with this id, received at this time in milliseconds since 1970.
    replay_of jsonb
  );
  create unique index deferrals_once on deferrals
    (key, event_id, coalesce(replay_id, '00000000-0000-0000-0000-000000000000'));
  create index deferrals_in_order on deferrals (key, seq);
  create index deferrals_of_event on deferrals (journal_id);
`;

const failures = `
  -- Executions that ended failed. A column is written by one service (libs/database/grants.ts).
  create table failures (
    execution_id uuid primary key,
    -- The id of the attempt that failed last, a UUIDv7.
    id uuid not null,
    -- The run of the event, in events.
    journal_id uuid not null,
    event_id text not null,
    event_type text not null,
    -- As JSON, as the event's.
    object_id text not null,
    partition_key text not null,
    handler_id uuid not null,
    task_type text not null,
    replay_id uuid,
    -- The execution that the event had when it was first received: a replay that succeeds settles its failure.
    origin_id uuid not null,
    reason text not null,
    message text not null,
    -- Of all its attempts: maybe where one may have arrived, else yes where one was answered, else no.
    reached text not null,
    attempts integer not null,
    failed_at timestamptz not null,
    -- Handlers of the plan that were not called because of it.
    skipped uuid[] not null,
    -- When an attempt succeeded after all: of this execution, or of a replay's.
    recovered_at timestamptz,
    -- The operation that resumes it, until its next attempt has ended.
    operation_id uuid,
    -- Whether a notice counts it, as it failed last. Failures of handlers of notices are never counted.
    noticed boolean not null default false,
    -- These five belong to the registry.
    assignee text,
    note text,
    settled_as text check (settled_as in ('done_by_hand', 'ignored')),
    settled_at timestamptz,
    settled_by text,
    open boolean not null generated always as (recovered_at is null and settled_at is null) stored
  );
  create index failures_by_id on failures (id);
  create index failures_open on failures (id) where open;
  create index failures_open_by_handler on failures (handler_id, reason, id) where open;
  create index failures_not_noticed on failures (id) where not noticed and event_type not like 'provisor.%';
  create index failures_of_event on failures (journal_id);
  create index failures_by_event_id on failures (event_id);
  create index failures_by_origin on failures (origin_id);
  create index failures_by_partition_key on failures (partition_key, id);
  create index failures_by_object_id on failures (object_id, id);
  create index failures_by_operation on failures (operation_id) where operation_id is not null;
`;

const operations = `
  -- What administrators have asked to be done to many events, or to one.
  create table operations (
    id uuid primary key,
    kind text not null check (kind in ('replay', 'resume', 'retry', 'skip')),
    created_at timestamptz not null,
    created_by text not null,
    -- The one event that it is about; null where a list or the filter decides.
    event_id text,
    -- The failures that it is about; null where the event or the filter decides.
    execution_ids uuid[],
    filter jsonb not null,
    -- Of a replay: the handlers that are to run; null: every handler of the event's plan.
    handler_ids uuid[],
    -- Of a replay: the edited event, as JSON, and the id that it is recorded with.
    edited_event text,
    edited_event_id text,
    -- This number goes first, and the rest follows if all of them succeed.
    canary integer,
    per_second double precision,
    note text,
    cancelled_at timestamptz
  );
  create index operations_by_kind on operations (kind, id);
  create index operations_with_copies on operations (event_id) where edited_event_id is not null;

  -- How far each operation is.
  create table operation_runs (
    operation_id uuid primary key references operations,
    started_at timestamptz not null default now(),
    total integer not null,
    -- How many were begun, and the last of them.
    released integer not null default 0,
    position text,
    -- Of those that were begun: whose next attempt succeeded, or failed, and which had nothing left to be done.
    succeeded integer not null default 0,
    failed integer not null default 0,
    unneeded integer not null default 0,
    canary_outcome text check (canary_outcome in ('succeeded', 'failed')),
    finished_at timestamptz,
    lease_id uuid,
    lease_until timestamptz
  );
`;

const executors = `
  -- The running executors, each by its last heartbeat.
  create table executors (
    id uuid primary key,
    host text not null,
    pid integer not null,
    version text not null,
    started_at timestamptz not null,
    heartbeat_at timestamptz not null,
    -- The catalog's revision that is in force there, and since when.
    revision integer not null,
    revision_at timestamptz not null,
    -- When each partition last sent it something.
    partitions jsonb not null,
    -- How many partitions there are by its settings.
    partition_count integer,
    in_flight integer not null,
    -- The circuit breakers of its handlers that have ever opened.
    circuits jsonb not null default '[]',
    -- How far its machine's clock is ahead of this server's, milliseconds.
    clock_skew_ms double precision not null default 0,
    -- The scripts that it has (ScriptReport); null until it has listed them.
    scripts jsonb,
    -- It stops: it takes no more events, and finishes those it has.
    draining boolean not null default false,
    -- It takes every event from the intake, with no detour by the partitions.
    direct boolean not null default false
  );
`;

const limits = `
  -- How fast all executors together may do something: call a target (rate), or continue what a handler or target has
  -- held (release).
  create table paces (
    -- Of the handler or target.
    id uuid not null,
    purpose text not null check (purpose in ('rate', 'release')),
    -- When the next one is due by an even pace. The burst is how far a call may be ahead of it.
    next_at timestamptz not null default now(),
    primary key (id, purpose)
  );

  -- How many calls of a target each executor may have in flight at a time.
  create table allotments (
    target_id uuid not null,
    executor_id uuid not null,
    slots integer not null,
    -- How many it could use.
    wanted integer not null,
    -- An executor that has not renewed it by then is dead, and others may have its slots.
    lease_until timestamptz not null,
    primary key (target_id, executor_id)
  );
`;

const notices = `
  -- What goes wrong with a subject, and what was told of it. The row outlives the trouble for a while, so that the next one
  -- is not told of too soon.
  create table troubles (
    id uuid primary key,
    -- TroubleKind and NoticeSubject.
    kind text not null,
    subject_type text not null,
    subject_id text not null,
    subject_name text not null,
    -- When it began, and whether it goes on.
    since timestamptz not null,
    open boolean not null,
    -- Whether a notice has told of its beginning, so that another has to tell of its end.
    told boolean not null,
    -- When a notice last told that it began, or goes on; also of the trouble before.
    told_at timestamptz,
    -- Notices about the subject so far: their events' ids count on.
    sequence integer not null,
    -- How many failures, keys, … it stands for: in all, of which no notice has told, and at the last look.
    total integer not null,
    untold integer not null,
    size integer not null,
    -- Since when it goes on without a pause; and the longest time, in milliseconds, of which a notice has told that the trouble has lasted it; 0: none.
    open_since timestamptz not null default now(),
    lasted_ms bigint not null default 0,
    -- The first of which no notice has told, or that the last one named.
    reason text,
    message text not null,
    first jsonb not null,
    changed_at timestamptz not null default now()
  );
  create unique index troubles_of_subject on troubles (kind, subject_type, subject_id);
  create index troubles_under_way on troubles (id) where open or told or untold > 0;

  -- What was told, or is to be: written with the trouble, and then sent.
  create table notices (
    -- The id of its event: that of the trouble, and the sequence.
    id text primary key,
    seq bigint not null generated always as identity,
    type text not null,
    subject_type text not null,
    subject_id text not null,
    told_at timestamptz not null,
    -- The event as JSON.
    body text not null,
    -- When the broker had confirmed it.
    sent_at timestamptz
  );
  create index notices_by_time on notices (told_at, id);
  create index notices_unsent on notices (seq) where sent_at is null;
  create index notices_by_type on notices (type, told_at, id);

  -- One row: the lease of the executor that looks for troubles.
  create table notice_watch (
    id text primary key default 'notices' check (id = 'notices'),
    lease_id uuid,
    lease_until timestamptz
  );
  insert into notice_watch default values;

  -- When no executor ran, as the registry saw it. It tells of that itself.
  create table executor_absences (
    id uuid primary key,
    since timestamptz not null,
    noticed_at timestamptz not null default now(),
    -- Null while it goes on.
    ended_at timestamptz,
    -- When the broker had confirmed the notices of its beginning and its end.
    begin_sent_at timestamptz,
    end_sent_at timestamptz
  );
  create unique index executor_absences_one on executor_absences ((true)) where ended_at is null;
  create index executor_absences_unsent on executor_absences (id) where end_sent_at is null;
`;
