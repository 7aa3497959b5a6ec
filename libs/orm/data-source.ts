import pg from 'pg';
import { AbstractLogger, DataSource, type DataSourceOptions } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { migrations, SessionPool, usualLimitMs, type SessionPoolConfig } from '#database';
import { ApiKeyEntity } from './entities/api-key.entity.ts';
import { AuditEntity } from './entities/audit.entity.ts';
import { CatalogEntity } from './entities/catalog.entity.ts';
import { ExecutorEntity } from './entities/executor.entity.ts';
import { HandlerEntity } from './entities/handler.entity.ts';
import { OperationEntity } from './entities/operation.entity.ts';
import { SessionEntity } from './entities/session.entity.ts';
import { TargetEntity } from './entities/target.entity.ts';

/**
 * How the registry reaches the database through TypeORM.
 *
 * @param limitMs How long a statement may take, milliseconds.
 */
export function dataSourceOptions(databaseUrl: string, { limitMs = usualLimitMs } = {}): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    applicationName: 'provisor-registry',
    entities: [
      ApiKeyEntity,
      AuditEntity,
      CatalogEntity,
      ExecutorEntity,
      HandlerEntity,
      OperationEntity,
      SessionEntity,
      TargetEntity,
    ],
    migrations,
    migrationsTransactionMode: 'each',
    driver: { ...pg, Pool: RegistryPool },
    extra: { limitMs },
    logger: new Silence(),
  };
}

/** How long a question may take, milliseconds, that looks through the journal for what a person asks. */
const reportLimitMs = 60_000;

/** Asks what may take longer than other statements: a search without an index for it, or figures of many days. */
export async function report<Rows extends unknown[]>(
  dataSource: DataSource,
  text: string,
  values: readonly unknown[] = [],
): Promise<Rows> {
  const statement = { text, values: [...values], limitMs: reportLimitMs };
  return (await poolOf(dataSource).query(statement)).rows as Rows;
}

/** TypeORM prints migrations; we log them with their results. */
class Silence extends AbstractLogger {
  protected writeLog(): void {
    // Nothing is printed.
  }
}

/** What TypeORM makes in the place of node-postgres' own pool. */
class RegistryPool extends SessionPool {
  constructor(config: SessionPoolConfig) {
    super(config, 'freely');
  }
}

/** The connections of a data source that has been made with {@link dataSourceOptions}. */
export function poolOf(dataSource: DataSource): SessionPool {
  return (dataSource.driver as PostgresDriver).master as SessionPool;
}
