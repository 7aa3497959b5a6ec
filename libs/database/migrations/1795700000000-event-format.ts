import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EventFormat1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table handlers add column format text not null default 'native' check (format in ('native', 'cloudevents'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table handlers drop column format');
  }
}
