import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SlowLane1795100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- An event that waits has not ended; whether one of its executions has failed already is kept until it does.
      alter table events alter column finished_at drop not null;
      alter table events add column failed boolean not null default false;
      alter table events add column replay_id uuid;
      alter table events add column test boolean not null default false;
      create index events_by_replay on events (replay_id, id) where replay_id is not null;

      -- Not counted: the target was not called, or we took the call back ourselves.
      alter table attempts add column counted boolean not null default true;
      alter table attempts add column next_attempt_at timestamptz;
      alter table attempts add column replay_id uuid;
      alter table attempts add column test boolean not null default false;

      alter table executors add column circuits jsonb not null default '[]';

      -- Written by the executors: one row for each key that waits.
      create table deferral_keys (
        key text primary key,
        due_at timestamptz not null,
        -- The handler that it waits for, or the nil UUID before a plan was made.
        handler_id uuid not null,
        reason text not null,
        detached boolean not null,
        waiting_since timestamptz not null default now(),
        -- Whoever works on it now, and until when nobody else may.
        lease_id uuid,
        lease_until timestamptz,
        owner uuid
      );
      create index deferral_keys_by_handler on deferral_keys (handler_id, coalesce(lease_until, due_at));
      create index deferral_keys_by_age on deferral_keys (waiting_since, key);

      -- Written by the executors: the events of each key that waits, in their order.
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
        -- Null before the event has begun.
        progress jsonb,
        -- Set when a person wants the execution given up that it waits for.
        give_up boolean not null default false
      );
      create unique index deferrals_once on deferrals
        (key, event_id, coalesce(replay_id, '00000000-0000-0000-0000-000000000000'));
      create index deferrals_in_order on deferrals (key, seq);
      create index deferrals_of_event on deferrals (journal_id);

      -- Written by the registry: what is to be replayed.
      create table replays (
        id uuid primary key,
        created_at timestamptz not null,
        -- One event, or what the filter finds.
        event_id text,
        filter jsonb not null,
        -- Null: every handler of the event's plan.
        handler_ids uuid[],
        cancelled_at timestamptz
      );

      -- Written by the executors: how far each replay is.
      create table replay_runs (
        replay_id uuid primary key references replays,
        started_at timestamptz not null default now(),
        total integer not null,
        published integer not null default 0,
        -- The journal's id of the last event that was published.
        position uuid,
        finished_at timestamptz,
        lease_id uuid,
        lease_until timestamptz
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table replay_runs, replays, deferrals, deferral_keys;
      alter table executors drop column circuits;
      alter table attempts drop column counted, drop column next_attempt_at, drop column replay_id, drop column test;
      drop index events_by_replay;
      alter table events drop column failed, drop column replay_id, drop column test;
      update events set finished_at = received_at where finished_at is null;
      alter table events alter column finished_at set not null;
    `);
  }
}
