import { CommanderError } from 'commander';
import { ApiProblem, RegistryAway } from '#sdk';
import { CliError } from './cli-error.ts';

/** Exit codes, by which scripts tell what went wrong. They are documented and stable. */
export const exitCodes = {
  done: 0,
  /** The command ran and the answer is no: differences were found, a test failed, an event of a replay failed. */
  negative: 1,
  /** Invalid arguments, an invalid file, or an input that the registry refuses. */
  usage: 2,
  /** The registry does not answer, or cannot reach its database or broker. */
  unavailable: 3,
  /** The API key is missing or invalid, or its role does not allow the request. */
  forbidden: 4,
  notFound: 5,
  /** Another user changed it in the meantime, or the name is taken. */
  conflict: 6,
  /** A bug in this program. */
  internal: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const ofStatus: Readonly<Record<number, ExitCode>> = {
  401: exitCodes.forbidden,
  403: exitCodes.forbidden,
  404: exitCodes.notFound,
  409: exitCodes.conflict,
  412: exitCodes.conflict,
  429: exitCodes.unavailable,
};

/** The exit code of an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof RegistryAway) return exitCodes.unavailable;
  if (error instanceof ApiProblem) {
    return ofStatus[error.status] ?? (error.status >= 500 ? exitCodes.unavailable : exitCodes.usage);
  }
  if (error instanceof Error && error.name === 'AbortError') return exitCodes.interrupted;
  return exitCodes.internal;
}
