import { permanent, retryable, success, type Outcome } from '../../dispatch/outcome.ts';

/** sysexits.h without EX_TEMPFAIL (75): the script says that trying again is of no use. */
function isFinalExitCode(code: number): boolean {
  return code >= 64 && code <= 78 && code !== 75;
}

/** What the end of a script means. */
export function exitOutcome(exitCode: number | undefined, signal: string | undefined): Outcome {
  if (exitCode === 0) return success;
  if (exitCode === undefined) return retryable('signal', `the script was ended by ${signal ?? 'a signal'}`);
  const message = `the script exited with ${exitCode}`;
  return isFinalExitCode(exitCode) ? permanent('exit_code', message) : retryable('exit_code', message);
}

/** Faults of the file itself, which stay until somebody mends it. */
const finalSpawnErrors = new Set(['ENOENT', 'ENOEXEC', 'EACCES', 'EPERM', 'ELOOP', 'E2BIG']);

/**
 * What it means that a script could not be started at all.
 *
 * @param code Of the system's error.
 */
export function spawnOutcome(code: string, file: string): Outcome {
  if (!finalSpawnErrors.has(code)) return retryable('spawn_failed', `${file} could not be started: ${code}`);
  const hint = code === 'ENOENT' || code === 'ENOEXEC' ? '; check the interpreter in its first line' : '';
  return permanent('script_not_runnable', `${file} cannot be run: ${code}${hint}`);
}
