import type { MigrationInterface, QueryRunner } from 'typeorm';

export class JournalDays1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Executors call these with the rights of whoever migrates: they may keep the journal's days, and own nothing.
    await runner.query(`
      -- The lowest UUIDv7 of a day (UTC): where it begins.
      create function journal_day_start(day date) returns uuid language sql immutable as $$
        select (substr(hex, 1, 8) || '-' || substr(hex, 9) || '-0000-0000-000000000000')::uuid
        from (select lpad(to_hex((day - date '1970-01-01')::bigint * 86400000), 12, '0') as hex) as start
      $$;

      -- Makes the table of a day; how many rows were moved into it, or null when it is there already.
      create function make_journal_day(journal text, day date) returns bigint
      language plpgsql security definer as $$
        declare
          name text := journal || to_char(day, '_YYYYMMDD');
          first uuid := journal_day_start(day);
          next uuid := journal_day_start(day + 1);
          moved bigint;
        begin
          if journal not in ('events', 'attempts') then
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

      -- Drops the tables of all days before one that is not to come, and what had no day and is as old; the names of the tables.
      create function drop_journal_days(journal text, before date) returns text[]
      language plpgsql security definer as $$
        declare
          name text;
          dropped text[] := '{}';
        begin
          if journal not in ('events', 'attempts') or before > current_date + 1 then
            raise exception 'the days of % before % stay', journal, before using errcode = 'invalid_parameter_value';
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

      -- What a caller has put before our tables in its own search path is not what is meant.
      do $$
        declare
          name text;
        begin
          foreach name in array array['make_journal_day', 'drop_journal_days'] loop
            execute format('alter function %I set search_path = %I, pg_temp', name, current_schema());
          end loop;
        end
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function make_journal_day, drop_journal_days, journal_day_start;`);
  }
}
