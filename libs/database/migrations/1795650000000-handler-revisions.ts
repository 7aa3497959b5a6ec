import type { MigrationInterface, QueryRunner } from 'typeorm';

export class HandlerRevisions1795650000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Kept by the database, whoever writes and with whatever build: a handler without its revision is one that executors would
    // not hear of. All writing of handlers has the catalog's row locked, so that the next revision is this change's own.
    await runner.query(`
      alter table handlers add column revision integer not null default 0;
      create index handlers_by_revision on handlers (revision);

      create function mark_handler_revision() returns trigger language plpgsql as $$
      begin
        new.revision := (select revision + 1 from catalog);
        return new;
      end $$;
      create trigger handler_has_revision before insert or update on handlers
        for each row execute function mark_handler_revision();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger handler_has_revision on handlers;
      drop function mark_handler_revision;
      alter table handlers drop column revision;
    `);
  }
}
