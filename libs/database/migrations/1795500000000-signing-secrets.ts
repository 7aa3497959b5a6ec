import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SigningSecrets1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Ids and times; the secrets themselves are sealed beside them.
    await runner.query(`alter table handlers add column signing_secrets jsonb not null default '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table handlers drop column signing_secrets');
  }
}
