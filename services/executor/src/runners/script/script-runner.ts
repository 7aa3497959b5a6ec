import { once } from 'node:events';
import { finished, type Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import type { ScriptTask } from '#contracts';
import type { ScriptEnvironment } from '#settings';
import { retryable, type AttemptResult, type Outcome } from '../../dispatch/outcome.ts';
import type { Call, Runner } from '../../dispatch/runner.ts';
import { Deadline } from '../deadline.ts';
import { errorCode } from '../error-code.ts';
import { CappedOutput } from './capped-output.ts';
import { scriptEnvironment } from './script-environment.ts';
import { exitOutcome, spawnOutcome } from './script-outcome.ts';
import { resolveScript } from './script-path.ts';

/** Between the polite and the final signal to a script whose time is up. */
const killDelayMs = 1_000;
/** How long output that a script left behind in its pipes is waited for, when somebody else still holds them open. */
const lastOutputMs = 250;

export interface ScriptRunnerOptions {
  /** Absolute folders that scripts may be run from. */
  folders: readonly string[];
  environment: ScriptEnvironment;
}

/** Runs scripts: no shell, a process group of their own, the event as JSON on standard input. */
export class ScriptRunner implements Runner<ScriptTask> {
  readonly #options: ScriptRunnerOptions;

  constructor(options: ScriptRunnerOptions) {
    this.#options = options;
  }

  async run(call: Call<ScriptTask>, signal: AbortSignal): Promise<AttemptResult> {
    const script = await resolveScript(call.task.path, this.#options.folders);
    if ('refused' in script) return { outcome: script.refused, response: {} };
    const deadline = new Deadline(call.timeoutMs, signal);
    try {
      return await this.#runFile(script.file, call, deadline);
    } finally {
      deadline.clear();
    }
  }

  async #runFile(file: string, call: Call<ScriptTask>, deadline: Deadline): Promise<AttemptResult> {
    const child = execa(file, call.task.args, {
      env: scriptEnvironment(call, this.#options.environment),
      extendEnv: false,
      input: call.event.body,
      buffer: false,
      reject: false,
      killDescendants: true,
      cancelSignal: deadline.signal,
      forceKillAfterDelay: killDelayMs,
    });
    const stdout = new CappedOutput(child.stdout);
    const stderr = new CappedOutput(child.stderr);
    if (child.pid !== undefined) {
      const exit = once(child.nodeChildProcess, 'exit');
      void endWithGroup(exit, () => child.kill('SIGKILL'), [child.stdout, child.stderr]);
    }
    const result = await child;
    if (child.pid === undefined) return { outcome: spawnOutcome(errorCode(result.cause), file), response: {} };
    return {
      outcome: endedEarly(deadline, call.timeoutMs) ?? exitOutcome(result.exitCode, result.signal),
      response: {
        script: {
          exitCode: result.exitCode ?? null,
          signal: result.signal ?? null,
          stdout: stdout.text,
          stderr: stderr.text,
          truncated: stdout.truncated || stderr.truncated,
        },
      },
    };
  }
}

/**
 * When the script has exited, ends what it left running in its group, and lets go of pipes that a process outside the
 * group still holds: neither may keep the execution from ending.
 */
async function endWithGroup(exit: Promise<unknown>, killGroup: () => void, pipes: readonly Readable[]): Promise<void> {
  await exit;
  killGroup();
  const drained = Promise.all(pipes.map((pipe) => new Promise((resolve) => finished(pipe, resolve))));
  await Promise.race([drained, delay(lastOutputMs, undefined, { ref: false })]);
  for (const pipe of pipes) pipe.destroy();
}

function endedEarly({ cause }: Deadline, timeoutMs: number): Outcome | undefined {
  if (cause === 'timeout') return retryable('timeout', `the script did not end within ${timeoutMs} ms`);
  if (cause === 'aborted') return retryable('aborted', 'the executor took the call back; it is made again');
  return undefined;
}
