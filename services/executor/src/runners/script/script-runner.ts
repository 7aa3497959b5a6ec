import { maxKeptResponseBytes, type ScriptTask } from '#contracts';
import type { AttemptResult, Outcome } from '../../dispatch/outcome.ts';
import { retryable } from '../../dispatch/outcome.ts';
import type { Call, Runner } from '../../dispatch/runner.ts';
import { Deadline } from '../deadline.ts';
import { KnownScripts } from './known-scripts.ts';
import { residentEnvironment, scriptEnvironment } from './script-environment.ts';
import { ScriptHost, type HostedEnd, type ScriptCall, type ScriptHostOptions } from './script-host.ts';
import { scriptLine } from './script-line.ts';
import { endOutcome } from './script-outcome.ts';

export interface ScriptRunnerOptions extends Partial<Omit<ScriptHostOptions, 'keptBytes' | 'environment'>> {
  /** Absolute folders that scripts may be run from. */
  folders: readonly string[];
  environment: ScriptHostOptions['environment'];
}

/** Persistent scripts start afresh now and then, and leave when there is nothing to do. */
const resident = { eventsPerProcess: 10_000, idleMs: 60_000, firstRestartMs: 100, lastRestartMs: 30_000 };
const unlimited = {
  cpuSeconds: undefined,
  memory: undefined,
  openFiles: undefined,
  processes: undefined,
  fileSize: undefined,
};

/** Runs scripts, by a host process that starts them: no shell, the event as JSON, and nothing left of them afterwards. */
export class ScriptRunner implements Runner<ScriptTask> {
  readonly #environment: ScriptHostOptions['environment'];
  readonly #scripts: KnownScripts;
  readonly #host: ScriptHost;

  constructor({ folders, environment, ...host }: ScriptRunnerOptions) {
    this.#environment = environment;
    this.#scripts = new KnownScripts(folders);
    this.#host = new ScriptHost({
      account: undefined,
      limits: unlimited,
      newPrivileges: false,
      resident,
      warn: () => {},
      ...host,
      environment,
      keptBytes: maxKeptResponseBytes,
    });
  }

  /** Of the host process, if there is one. */
  get hostPid(): number | undefined {
    return this.#host.pid;
  }

  async run(call: Call<ScriptTask>, signal: AbortSignal): Promise<AttemptResult> {
    const script = await this.#scripts.resolve(call.task.path);
    if ('refused' in script) return { outcome: script.refused, response: {} };
    const deadline = new Deadline(call.timeoutMs, signal);
    const over = new AbortController();
    deadline.whenOver(() => over.abort());
    try {
      const end = await this.#host.run(this.#scriptCall(call, script), over.signal);
      const outcome = endedEarly(deadline, call.timeoutMs) ?? endOutcome(end, script.file, call.task.mode === 'once');
      return { outcome, response: responseOf(end) };
    } finally {
      deadline.clear();
    }
  }

  /** Ends every script that still runs, and what starts them. */
  async close(): Promise<void> {
    await this.#host.close();
  }

  #scriptCall(call: Call<ScriptTask>, { file, version }: { file: string; version: string }): ScriptCall {
    const { args, mode } = call.task;
    const environment = this.#environment;
    if (mode === 'once') {
      const env = scriptEnvironment(call, environment);
      const variable = `PROVISOR_EXECUTION_ID=${call.executionId}`;
      return { type: 'once', file, args, env, variable, body: Buffer.from(call.body) };
    }
    const env = residentEnvironment(call, environment);
    // A script that was changed is another one; its old processes grow idle and leave.
    const key = JSON.stringify([call.handlerId, file, version, args]);
    return { type: 'feed', file, args, env, variable: '', key, executionId: call.executionId, line: scriptLine(call) };
  }
}

function endedEarly({ cause }: Deadline, timeoutMs: number): Outcome | undefined {
  if (cause === 'timeout') return retryable('timeout', `the script did not end within ${timeoutMs} ms`);
  if (cause === 'aborted') return retryable('aborted', 'the executor took the call back; it is made again');
  return undefined;
}

function responseOf(end: HostedEnd): AttemptResult['response'] {
  if (!('output' in end)) return {};
  const { exitCode, signal } = end.kind === 'exited' ? end : { exitCode: null, signal: null };
  return { script: { exitCode, signal, ...end.output } };
}
