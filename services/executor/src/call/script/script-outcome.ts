import { permanent, retryable, success, type Outcome } from '../outcome.ts';
import type { NotStarted, ScriptLimits } from './host/messages.ts';
import type { HostedEnd } from './script-host.ts';

export const unlimited: ScriptLimits = {
  cpuSeconds: undefined,
  memory: undefined,
  openFiles: undefined,
  processes: undefined,
  fileSize: undefined,
};

/** What it means how a call of a script ended. `once` tells whether its process was to end. */
export function endOutcome(end: HostedEnd, file: string, once: boolean, limits: ScriptLimits = unlimited): Outcome {
  switch (end.kind) {
    case 'not_started':
      return spawnOutcome(end, file);
    case 'exited':
      return withHint(
        once ? exitOutcome(end.exitCode, end.signal) : unansweredOutcome(end.exitCode, end.signal),
        limitHint(end.exitCode, end.signal, limits),
      );
    case 'replied':
      return replyOutcome(end);
    case 'bad_reply':
      return retryable('bad_reply', `the script was ended: ${end.fault}`);
    case 'lost':
      return retryable(
        'script_host_lost',
        'what starts the scripts died, and this one was ended; the call is made again',
      );
    case 'too_late':
      return retryable('timeout', 'the time of the call was over before the script was started');
    case 'withheld':
      return retryable('aborted', 'the executor took the call back; it is made again');
    case 'stuck':
      return retryable('timeout', 'the script was killed and does not end');
  }
}

function withHint(outcome: Outcome, hint: string): Outcome {
  return outcome.kind === 'success' ? outcome : { ...outcome, message: outcome.message + hint };
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

/** sysexits.h without EX_TEMPFAIL (75): the script says that a retry would not help. */
function isFinalExitCode(code: number): boolean {
  return code >= 64 && code <= 78 && code !== 75;
}

/** What the end of a script means. */
function exitOutcome(exitCode: number | null, signal: string | null): Outcome {
  if (exitCode === 0) return success;
  if (exitCode === null) return retryable('signal', `the script was ended by ${signal ?? 'a signal'}`);
  const message = `the script exited with ${exitCode}`;
  return isFinalExitCode(exitCode) ? permanent('exit_code', message) : retryable('exit_code', message);
}

/** Faults of the file, its interpreter or the arguments, which stay until a person repairs them. */
const lastingErrors = new Set([
  'ENOENT',
  'ENOEXEC',
  'EACCES',
  'EPERM',
  'ELOOP',
  'ENOTDIR',
  'EISDIR',
  'ENAMETOOLONG',
  'ELIBBAD',
  'EINVAL',
]);

const hints: Readonly<Record<string, string>> = {
  ENOENT: 'check the interpreter in its first line',
  ENOEXEC: 'the system knows no program of this format; start it with a line like #!/bin/sh',
  EACCES: 'let the user that scripts run as execute it and its interpreter, and enter the folders above them',
  E2BIG: 'give it fewer or shorter arguments',
  ETXTBSY: 'it is open for writing; replace scripts by renaming a new file over the old one',
};

/** What it means that a script could not be started at all. Every error that is not known to last may pass. */
function spawnOutcome({ stage, code }: NotStarted, file: string): Outcome {
  const hint = hints[code] === undefined || stage !== 'execve' ? '' : `; ${hints[code]}`;
  if (code === 'E2BIG' || (stage === 'execve' && lastingErrors.has(code))) {
    return permanent('script_not_runnable', `${file} cannot be run: ${code}${hint}`);
  }
  const step = stage === 'execve' ? '' : ` (${stage})`;
  return retryable('spawn_failed', `${file} could not be started: ${code}${step}${hint}`);
}

const mebibyte = 1024 * 1024;
/**
 * What programs are ended by, or end themselves by, when they get no memory. Shells tell signals as 128 and the number.
 */
const memorySignals = new Set(['SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGTRAP', 'SIGBUS', 'SIGILL']);
const memoryExitCodes = new Set([127, 132, 133, 134, 135, 137, 139]);

/** The limit that may have ended a script, to be put behind what is said of its end; empty: none that we know of. */
export function limitHint(exitCode: number | null, signal: string | null, limits: ScriptLimits): string {
  const { cpuSeconds, fileSize, memory } = limits;
  if (cpuSeconds !== undefined && signal === 'SIGXCPU') return `; SCRIPT_CPU_SECONDS lets it have ${cpuSeconds}`;
  if (fileSize !== undefined && signal === 'SIGXFSZ') {
    return `; SCRIPT_FILE_SIZE_MB lets it write files of ${fileSize / mebibyte}`;
  }
  const hints: string[] = [];
  if (cpuSeconds !== undefined && signal === 'SIGKILL') hints.push(`SCRIPT_CPU_SECONDS is ${cpuSeconds}`);
  if (memory !== undefined && (memorySignals.has(signal ?? '') || memoryExitCodes.has(exitCode ?? 0))) {
    hints.push(`SCRIPT_MEMORY_MB is ${memory / mebibyte} and counts address space, of which Node needs more than 1024`);
  }
  return hints.length === 0 ? '' : `; it may have gone beyond a limit: ${hints.join(', ')}`;
}
