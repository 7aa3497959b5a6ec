import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EventTraces1795800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // W3C trace context of the span in which an event was handled, or of its publisher's: a replay is linked to it.
    await runner.query('alter table events add column traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table events drop column traceparent');
  }
}
