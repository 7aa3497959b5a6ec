import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';

/** A sandbox whose database has the schema and the grants, as a registry makes them when it starts. */
export function createMigratedSandbox(): Promise<Sandbox> {
  return createSandbox(async (databaseUrl) => {
    // Only the first file of a run migrates: the others need not load TypeORM.
    const [{ DataSource }, { dataSourceOptions, migrate }] = await Promise.all([import('typeorm'), import('#orm')]);
    const owner = await new DataSource(dataSourceOptions(databaseUrl)).initialize();
    try {
      await migrate(owner);
    } finally {
      await owner.destroy();
    }
  });
}
