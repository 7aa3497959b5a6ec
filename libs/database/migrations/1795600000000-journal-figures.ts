import type { MigrationInterface, QueryRunner } from 'typeorm';

export class JournalFigures1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A day has a million rows, and is counted out of indexes alone: all of it by time and by handler, and what is to be told
    // apart from success, which is little, out of these.
    await runner.query(`
      drop index attempts_not_succeeded;
      create index attempts_not_succeeded on attempts (status, id) include (handler_id) where status <> 'succeeded';
      create index attempts_of_tests on attempts (id) where test;
      create index events_of_tests on events (id) where test;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index events_of_tests, attempts_of_tests, attempts_not_succeeded;
      create index attempts_not_succeeded on attempts (status, id) where status <> 'succeeded';
    `);
  }
}
