import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitialSchema1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table catalog (
        id smallint primary key default 1 check (id = 1),
        revision integer not null default 0,
        changed_at timestamptz not null default now()
      );
      insert into catalog default values;

      create table handlers (
        id uuid primary key,
        name text not null,
        description text not null,
        event text not null,
        task jsonb not null,
        status text not null check (status in ('enabled', 'disabled', 'archived')),
        priority integer not null check (priority >= 1),
        on_failure text not null check (on_failure in ('stop', 'continue', 'detach')),
        timeout_ms integer not null check (timeout_ms > 0),
        retry jsonb not null,
        max_concurrency integer not null check (max_concurrency > 0),
        condition text,
        version integer not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create unique index handlers_name_taken on handlers (name) where status <> 'archived';
      create index handlers_of_event on handlers (event, priority, created_at, id);

      create table api_keys (
        id uuid primary key,
        name text not null,
        role text not null check (role in ('viewer', 'operator', 'admin')),
        hash bytea not null unique,
        created_at timestamptz not null
      );

      create table events (
        id uuid primary key,
        event_id text not null,
        type text not null,
        object_id text not null,
        partition_key text not null,
        status text not null,
        occurred_at timestamptz not null,
        received_at timestamptz not null,
        finished_at timestamptz not null,
        revision integer not null,
        skipped uuid[] not null,
        body text not null
      ) partition by range (id);
      -- Takes what no day was made for; the executors make the days, see the journal's decision record.
      create table events_other partition of events default;
      create index events_by_event_id on events (event_id);
      create index events_by_type on events (type, id);
      create index events_by_object_id on events (object_id, id);
      create index events_by_partition_key on events (partition_key, id);
      create index events_not_succeeded on events (status, id) where status <> 'succeeded';

      create table attempts (
        id uuid primary key,
        execution_id uuid not null,
        event_id text not null,
        event_type text not null,
        object_id text not null,
        handler_id uuid not null,
        task_type text not null,
        position integer not null,
        number integer not null,
        outcome text not null,
        reason text,
        message text,
        status text not null,
        response text not null,
        started_at timestamptz not null,
        duration_ms double precision not null,
        revision integer not null,
        executor_id uuid not null
      ) partition by range (id);
      create table attempts_other partition of attempts default;
      create index attempts_by_event_id on attempts (event_id);
      create index attempts_by_event_type on attempts (event_type, id);
      create index attempts_by_task_type on attempts (task_type, id);
      create index attempts_by_object_id on attempts (object_id, id);
      create index attempts_by_handler_id on attempts (handler_id, id);
      create index attempts_not_succeeded on attempts (status, id) where status <> 'succeeded';

      create table rejected_messages (
        id uuid primary key,
        rejected_at timestamptz not null,
        reason text not null,
        message text not null,
        errors jsonb not null,
        exchange text not null,
        routing_key text not null,
        properties text not null,
        size integer not null,
        body bytea not null
      );

      create table executors (
        id uuid primary key,
        host text not null,
        pid integer not null,
        version text not null,
        started_at timestamptz not null,
        heartbeat_at timestamptz not null,
        revision integer not null,
        revision_at timestamptz not null,
        partitions jsonb not null,
        in_flight integer not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table executors, rejected_messages, attempts, events, api_keys, handlers, catalog;
    `);
  }
}
