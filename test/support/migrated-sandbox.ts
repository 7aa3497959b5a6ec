import { DataSource } from 'typeorm';
import { dataSourceOptions, migrate } from '#orm';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';

/** A sandbox whose database has the schema and the grants, as a registry makes them when it starts. */
export function createMigratedSandbox(): Promise<Sandbox> {
  return createSandbox(async (databaseUrl) => {
    const owner = await new DataSource(dataSourceOptions(databaseUrl)).initialize();
    try {
      await migrate(owner);
    } finally {
      await owner.destroy();
    }
  });
}
