import { permanent, retryable, success, type Outcome } from '../../dispatch/outcome.ts';
import type { HostedEnd } from './script-host.ts';

/** What it means how a call of a script ended. `once` tells whether its process was to end. */
export function endOutcome(end: HostedEnd, file: string, once: boolean): Outcome {
  switch (end.kind) {
    case 'not_started':
      return spawnOutcome(end.code, file);
    case 'exited':
      return once ? exitOutcome(end.exitCode, end.signal) : unansweredOutcome(end.exitCode, end.signal);
    case 'replied':
      return replyOutcome(end);
    case 'bad_reply':
      return retryable('bad_reply', `the script was ended: ${end.fault}`);
    case 'lost':
      return retryable(
        'script_host_lost',
        'what starts the scripts died, and this one was ended; the call is made again',
      );
    case 'stuck':
      return retryable('timeout', 'the script was killed and does not end');
  }
}

function replyOutcome({ ok, retry, error }: Extract<HostedEnd, { kind: 'replied' }>): Outcome {
  if (ok) return success;
  const message = error === '' ? 'the script says that it failed' : error;
  return retry ? retryable('script_error', message) : permanent('script_error', message);
}

function unansweredOutcome(exitCode: number | null, signal: string | null): Outcome {
  const how = exitCode === null ? `was ended by ${signal ?? 'a signal'}` : `exited with ${exitCode}`;
  return retryable('script_ended', `the script ${how} before it answered`);
}

/** sysexits.h without EX_TEMPFAIL (75): the script says that trying again is of no use. */
function isFinalExitCode(code: number): boolean {
  return code >= 64 && code <= 78 && code !== 75;
}

/** What the end of a script means. */
export function exitOutcome(exitCode: number | null, signal: string | null): Outcome {
  if (exitCode === 0) return success;
  if (exitCode === null) return retryable('signal', `the script was ended by ${signal ?? 'a signal'}`);
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
