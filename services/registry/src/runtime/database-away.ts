import { QueryFailedError } from 'typeorm';

/** What the operating system says when there is no connection to be had. */
const networkCodes = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT)$/;
/** PostgreSQL's own: connection exceptions, too many connections, shutting down or starting up. */
const sqlStates = /^(08...|53300|57P0[1-4])$/;
/** What node-postgres says without a code. */
const messages =
  /timeout exceeded when trying to connect|connection terminated|client has encountered a connection error/i;

/** True when an error means that the database is not there at the moment, and a later try may find it. */
export function isDatabaseAway(error: unknown): boolean {
  // Node tries every address of a name and reports the failures together.
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  if (error instanceof QueryFailedError) return isDatabaseAway(error.driverError);
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return networkCodes.test(code) || sqlStates.test(code);
  return messages.test(error.message);
}
