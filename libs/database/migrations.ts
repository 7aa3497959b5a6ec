import { InitialSchema1795000000000 } from './migrations/1795000000000-initial-schema.ts';

/** Every migration, oldest first. */
export const migrations = [InitialSchema1795000000000];

/** Name of the newest migration: a process that finds it done can work with the schema. */
export const schemaVersion = migrations.at(-1)!.name;
