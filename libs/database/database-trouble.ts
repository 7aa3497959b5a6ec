import { StatementOverdue } from './bounded-client.ts';

/** Why the database does not do what is asked of it now, and may do so later. */
export interface DatabaseTrouble {
  /** Names the kind, for programs. */
  readonly code:
    | 'database_unavailable'
    | 'database_read_only'
    | 'database_out_of_resources'
    | 'database_interrupted'
    | 'database_conflict'
    | 'database_failing';
  /** For people. */
  readonly reason: string;
}

/** A server that takes no writes, as {@link trouble} knows it. */
export class ReadOnlyDatabase extends Error {
  /** The SQLSTATE that a statement would have met. */
  readonly code = '25006';
}

/**
 * Sessions that are not what the services need, by a connection pooler or a setting of the server; no waiting cures it.
 */
export class UnsuitableSession extends Error {}

const unavailable: DatabaseTrouble = { code: 'database_unavailable', reason: 'PostgreSQL does not answer' };
const readOnly: DatabaseTrouble = {
  code: 'database_read_only',
  reason: 'PostgreSQL takes no writes at the moment: it is a standby, or is set to read only',
};
const interrupted: DatabaseTrouble = {
  code: 'database_interrupted',
  reason: 'PostgreSQL ended the statement before it was done',
};
const outOf = (resource: string): DatabaseTrouble => ({
  code: 'database_out_of_resources',
  reason: `PostgreSQL has run out of ${resource}`,
});

/** By SQLSTATE, the whole or its class. */
const troubles: Readonly<Record<string, DatabaseTrouble>> = {
  '08': unavailable,
  '57P01': unavailable,
  '57P02': unavailable,
  '57P03': unavailable,
  '57P04': unavailable,
  '53': outOf('resources'),
  '53100': outOf('disk space'),
  '53200': outOf('memory'),
  '53300': outOf('connections'),
  '25006': readOnly,
  '57014': interrupted,
  '57P05': interrupted,
  '25P03': interrupted,
  '25P04': interrupted,
  '55P03': { code: 'database_conflict', reason: 'PostgreSQL could not get a lock in time; try again' },
  '40': { code: 'database_conflict', reason: 'the change met another one in PostgreSQL; try again' },
  '58': { code: 'database_failing', reason: 'PostgreSQL met an error of its disk or operating system' },
  XX: { code: 'database_failing', reason: 'PostgreSQL met an error of its own' },
};

/** The name of a constraint violation, which is in the class of what is tried again (40002). */
const integrityConstraint = '40002';

/** What the operating system says when there is no connection to be had. */
const networkCodes =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EPIPE|ENOENT)$/;
/** What node-postgres says without a code. */
const messages =
  /timeout exceeded when trying to connect|connection terminated|client has encountered a connection error|query read timeout|client was closed and is not queryable/i;

/** What is wrong with the database when an error says that it is; undefined for an error of any other kind. */
export function databaseTrouble(error: unknown): DatabaseTrouble | undefined {
  // Node tries every address of a name and reports the failures together.
  if (error instanceof AggregateError) return firstOf(error.errors);
  if (!(error instanceof Error)) return undefined;
  if (isWrapped(error)) return databaseTrouble(error.driverError);
  if (isRefusedParameter(error)) return undefined;
  if (error instanceof StatementOverdue) return unavailable;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return networkCodes.test(code) ? unavailable : troubleOfState(code);
  return messages.test(error.message) ? unavailable : undefined;
}

/** The same by SQLSTATE. */
export function troubleOfState(code: string): DatabaseTrouble | undefined {
  if (!/^[0-9A-Z]{5}$/.test(code) || code === integrityConstraint) return undefined;
  return troubles[code] ?? troubles[code.slice(0, 2)];
}

/** True when an error means that the database cannot be used at the moment, and a later try may find that it can. */
export function isDatabaseAway(error: unknown): boolean {
  return databaseTrouble(error) !== undefined;
}

/** True when a lock was not to be had in time. */
export function isLockNotAvailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return isWrapped(error) ? isLockNotAvailable(error.driverError) : (error as { code?: unknown }).code === '55P03';
}

/** PgBouncer's refusal of a parameter in the URL; it has the code that PgBouncer gives to everything. */
export function isRefusedParameter(error: unknown): boolean {
  return error instanceof Error && /unsupported startup parameter/i.test(error.message);
}

/** TypeORM's wrapper of what node-postgres threw, known by its field: executors do without TypeORM. */
function isWrapped(error: Error): error is Error & { driverError: unknown } {
  return 'driverError' in error;
}

function firstOf(errors: readonly unknown[]): DatabaseTrouble | undefined {
  for (const error of errors) {
    const found = databaseTrouble(error);
    if (found) return found;
  }
  return undefined;
}
