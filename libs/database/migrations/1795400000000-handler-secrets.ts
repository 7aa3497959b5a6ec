import type { MigrationInterface, QueryRunner } from 'typeorm';

export class HandlerSecrets1795400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // By slot, each sealed for its handler and slot; what is here opens nothing without SECRETS_KEY.
    await runner.query(`alter table handlers add column secrets jsonb not null default '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table handlers drop column secrets');
  }
}
