import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Access1795200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The part of a key that may be shown, and that it is found by; null for keys that somebody else made up.
      alter table api_keys add column prefix text unique;
      alter table api_keys add column expires_at timestamptz;
      alter table api_keys add column last_used_at timestamptz;
      alter table api_keys add column revoked_at timestamptz;

      -- Written by the registry: who is signed in to the console, and by which key.
      create table sessions (
        id uuid primary key,
        hash bytea not null unique,
        key_id uuid not null references api_keys on delete cascade,
        created_at timestamptz not null default now(),
        used_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index sessions_of_key on sessions (key_id);

      -- Written by the registry: who did what. Without references, since it outlives what it speaks of.
      create table audit (
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
          raise exception 'rows of % are neither changed nor deleted', tg_table_name using errcode = 'insufficient_privilege';
        end
      $$;
      create trigger audit_is_append_only before update or delete on audit
        for each row execute function refuse_change();
      create trigger audit_is_not_emptied before truncate on audit
        for each statement execute function refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table audit, sessions;
      drop function refuse_change;
      -- What was revoked or has expired must not open again.
      delete from api_keys where revoked_at is not null or expires_at is not null;
      alter table api_keys drop column prefix, drop column expires_at, drop column last_used_at, drop column revoked_at;
    `);
  }
}
