import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { aptInstall, canUseApt } from '../servers/rabbitmq/apt.ts';
import { findProgram } from '../servers/rabbitmq/program.ts';
import { ServerUnavailableError } from '../servers/server-error.ts';
import { packagesOf, programs, type RecipeProgram } from './programs.ts';

/** Packages without a program of their own, by a file that they bring. */
const filesOf: Readonly<Record<string, string>> = {
  'kamailio-postgres-modules': '/usr/lib/*/kamailio/modules/db_postgres.so',
  'kamailio-mysql-modules': '/usr/lib/*/kamailio/modules/db_mysql.so',
  'freeradius-postgresql': '/usr/lib/freeradius/rlm_sql_postgresql.so',
  'freeradius-mysql': '/usr/lib/freeradius/rlm_sql_mysql.so',
};

/**
 * Installs what is missing of the servers that recipes are tested with, where that can be done without a question; else
 * says what is missing. Tests that need it are skipped then.
 */
export async function installServers(log: (line: string) => void): Promise<void> {
  const missing = await missingPackages();
  if (missing.length === 0) return;
  if (!(await canUseApt())) {
    log(
      `tests will be skipped that need: ${missing.join(' ')} (Debian, Ubuntu: sudo apt-get install ${missing.join(' ')})`,
    );
    return;
  }
  try {
    await aptInstall(missing, log);
  } catch (error) {
    if (!(error instanceof ServerUnavailableError)) throw error;
    log(`${error.message}\ntests will be skipped that need: ${missing.join(' ')}`);
  }
}

/**
 * The paths of programs; those that are missing are installed where that can be done without a question.
 *
 * @throws ServerUnavailableError When one is missing and cannot be installed; the message says what to install.
 */
export async function installed<P extends RecipeProgram>(
  names: readonly P[],
  log: (line: string) => void,
): Promise<Record<P, string>> {
  const missing = await missingPackages(names);
  if (missing.length > 0) {
    if (!(await canUseApt())) {
      throw new ServerUnavailableError(
        `Missing packages. Debian, Ubuntu: sudo apt-get install --no-install-recommends ${missing.join(' ')}`,
      );
    }
    await aptInstall(missing, log);
  }
  const found = await programs(...names);
  if (!found)
    throw new ServerUnavailableError(`apt-get has installed ${missing.join(' ')}, but not ${names.join(', ')}`);
  return found;
}

const allPrograms = Object.keys(packagesOf) as RecipeProgram[];

async function missingPackages(names: readonly RecipeProgram[] = allPrograms): Promise<string[]> {
  const missing: string[] = [];
  for (const program of names) {
    const packages = packagesOf[program];
    if (!(await findProgram(program))) missing.push(...packages);
    else for (const name of packages) if (!(await hasFile(name))) missing.push(name);
  }
  return [...new Set(missing)];
}

async function hasFile(name: string): Promise<boolean> {
  const pattern = filesOf[name];
  if (pattern === undefined) return true;
  if (!pattern.includes('*')) return existsSync(pattern);
  for await (const _file of glob(pattern)) return true;
  return false;
}
