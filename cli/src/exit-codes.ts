import { CommanderError } from 'commander';
import { ApiProblem, RegistryAway } from '#sdk';
import { CliError } from './cli-error.ts';

/** How a command ends; programs can tell by it what went wrong. They are documented, and stay as they are. */
export const exitCodes = {
  done: 0,
  /** It was done, and the answer is no: there are differences, a test has failed, not all that was replayed has succeeded. */
  negative: 1,
  /** Wrong arguments, a file that does not fit, an input that the registry refuses. */
  usage: 2,
  /** The registry does not answer, or cannot reach what it needs. */
  unavailable: 3,
  /** No key, a wrong one, or one whose role does not reach. */
  forbidden: 4,
  notFound: 5,
  /** Somebody else was faster, or a name is taken. */
  conflict: 6,
  /** A fault of this program. */
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

/** The exit code that an error stands for. */
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
