import { DataSource, type DataSourceOptions } from 'typeorm';
import { ApiKeyEntity } from './entities/api-key.entity.ts';
import { AttemptEntity } from './entities/attempt.entity.ts';
import { AuditEntity } from './entities/audit.entity.ts';
import { CatalogEntity } from './entities/catalog.entity.ts';
import { EventEntity } from './entities/event.entity.ts';
import { ExecutorEntity } from './entities/executor.entity.ts';
import { HandlerEntity } from './entities/handler.entity.ts';
import { RejectedMessageEntity } from './entities/rejected-message.entity.ts';
import { ReplayEntity } from './entities/replay.entity.ts';
import { SessionEntity } from './entities/session.entity.ts';
import { migrations } from './migrations.ts';
import { abandonedTransactionMs, shortStatements } from './pool.ts';
import { grantRights } from './rights.ts';

/** How the registry reaches the database through TypeORM. */
export function dataSourceOptions(databaseUrl: string): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    applicationName: 'provisor-registry',
    entities: [
      ApiKeyEntity,
      AttemptEntity,
      AuditEntity,
      CatalogEntity,
      EventEntity,
      ExecutorEntity,
      HandlerEntity,
      RejectedMessageEntity,
      ReplayEntity,
      SessionEntity,
    ],
    migrations,
    migrationsTransactionMode: 'each',
    // A database that is away must not hold a request for longer than a client waits.
    extra: {
      connectionTimeoutMillis: 5_000,
      options: shortStatements,
      idle_in_transaction_session_timeout: abandonedTransactionMs,
    },
  };
}

/** Brings the schema up to date, and the rights of the services' roles. Any number of registries may start at once: one migrates, the others wait. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const lockHolder = dataSource.createQueryRunner();
  await lockHolder.connect();
  try {
    await lockHolder.query(`select pg_advisory_lock(hashtext('provisor.migrations'))`);
    const done = await dataSource.runMigrations();
    await grantRights(lockHolder);
    return done.map(({ name }) => name);
  } finally {
    await lockHolder.query(`select pg_advisory_unlock(hashtext('provisor.migrations'))`);
    await lockHolder.release();
  }
}
