import { findProgram } from '../servers/rabbitmq/program.ts';

/** Programs that recipes are tested with, and the packages of Debian that have them. */
export const packagesOf = {
  kamailio: ['kamailio', 'kamailio-postgres-modules'],
  sipp: ['sip-tester'],
  freeradius: ['freeradius', 'freeradius-postgresql'],
  radclient: ['freeradius-utils'],
  slapd: ['slapd'],
  ldapmodify: ['ldap-utils'],
  psql: ['postgresql-client'],
  // Not mariadb-server, which would run for the whole machine.
  mariadbd: ['mariadb-server-core', 'kamailio-mysql-modules', 'freeradius-mysql'],
  mariadb: ['mariadb-client'],
  python3: ['python3'],
} as const satisfies Record<string, readonly string[]>;

/** What calls through a Kamailio need. */
export const programsForCalls = ['kamailio', 'sipp', 'psql', 'python3'] as const;

export type RecipeProgram = keyof typeof packagesOf;

/**
 * The paths of programs, or undefined when one is missing.
 */
export async function programs<P extends RecipeProgram>(...names: P[]): Promise<Record<P, string> | undefined> {
  const found = await Promise.all(names.map(async (name) => [name, await findProgram(name)] as const));
  return found.every(([, path]) => path !== undefined) ? (Object.fromEntries(found) as Record<P, string>) : undefined;
}
