import path from 'node:path';
import { maxKeptResponseBytes, type Reached, type ScriptTask } from '#contracts';
import { retryable, unsent, type AttemptResult, type Outcome } from '../outcome.ts';
import { alwaysOurs, Deadline, type Call, type Runner } from '../call.ts';
import { monotonicMs } from './host/messages.ts';
import { KnownScripts } from './known-scripts.ts';
import { persistentEnvironment, scriptEnvironment, scriptLine } from './script-input.ts';
import { ScriptHost, type HostedEnd, type ScriptCall, type ScriptHostOptions } from './script-host.ts';
import { endOutcome, unlimited } from './script-outcome.ts';
import type { RunnableScript } from './script-path.ts';
import type { Logger } from '#observability';
import type { ExecutorSettings } from '#settings';
import { folderFaults } from './script-safety.ts';

export interface ScriptRunnerOptions extends Partial<Omit<ScriptHostOptions, 'keptBytes' | 'environment'>> {
  /** Absolute folders that scripts may be run from. */
  folders: readonly string[];
  environment: ScriptHostOptions['environment'];
}

/** Persistent scripts start afresh now and then, and leave when there is nothing to do. */
const persistent = { eventsPerProcess: 10_000, idleMs: 60_000, firstRestartMs: 100, lastRestartMs: 30_000 };

/**
 * Runs scripts, by a host process that starts them: no shell, the event as JSON, and nothing left of them afterwards.
 */
export class ScriptRunner implements Runner<ScriptTask> {
  readonly #environment: ScriptHostOptions['environment'];
  readonly #scripts: KnownScripts;
  readonly #limits: ScriptHostOptions['limits'];
  readonly #host: ScriptHost;

  constructor({ folders, environment, ...host }: ScriptRunnerOptions) {
    this.#environment = environment;
    this.#scripts = new KnownScripts(folders, environment.PATH);
    this.#limits = host.limits ?? unlimited;
    this.#host = new ScriptHost({
      account: undefined,
      limits: unlimited,
      newPrivileges: false,
      persistent,
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

  /** @throws What is wrong while scripts cannot be run. */
  assertUsable(): void {
    this.#host.assertUsable();
  }

  async run(call: Call<ScriptTask>, signal: AbortSignal, assertOurs = alwaysOurs): Promise<AttemptResult> {
    const until = monotonicMs() + call.timeoutMs;
    const script = await this.#scripts.resolve(call.task.path);
    if ('refused' in script) return unsent(script.refused);
    const deadline = new Deadline(call.timeoutMs, signal);
    const over = new AbortController();
    deadline.whenOver(() => over.abort());
    try {
      const end = await this.#host.run(this.#scriptCall(call, script, until), over.signal, assertOurs);
      const early = isUnstarted(end) ? undefined : endedEarly(deadline, call.timeoutMs);
      const outcome = early ?? endOutcome(end, script.file, call.task.mode === 'once', this.#limits);
      return {
        outcome: await this.#explained(outcome, end, call.task.path),
        reached: reachedBy(end),
        response: responseOf(end),
      };
    } finally {
      deadline.clear();
    }
  }

  /** Ends every script that still runs, and what starts them. */
  async close(): Promise<void> {
    await this.#host.close();
  }

  /**
   * What the system could not run is looked at again: it may have been changed since, and the look says what is wrong.
   */
  async #explained(outcome: Outcome, end: HostedEnd, scriptPath: string): Promise<Outcome> {
    if (end.kind !== 'not_started' || outcome.kind !== 'permanent') return outcome;
    const script = await this.#scripts.resolveAnew(scriptPath);
    return 'refused' in script ? script.refused : outcome;
  }

  #scriptCall(call: Call<ScriptTask>, { file, version }: RunnableScript, until: number): ScriptCall {
    const { args, mode } = call.task;
    const program = { file, args, cwd: path.dirname(file), until };
    const environment = this.#environment;
    if (mode === 'once') {
      const env = scriptEnvironment(call, environment);
      const variable = `PROVISOR_EXECUTION_ID=${call.executionId}`;
      return { ...program, type: 'once', env, variable, body: Buffer.from(call.body) };
    }
    const env = persistentEnvironment(call, environment);
    // A script that was changed is another one; its old processes grow idle and leave.
    const key = JSON.stringify([call.handlerId, file, version, args]);
    return { ...program, type: 'feed', env, variable: '', key, executionId: call.executionId, line: scriptLine(call) };
  }
}

/** Whether the host was lost before it started the script: the time of the call went by without it. */
function isUnstarted(end: HostedEnd): boolean {
  return end.kind === 'lost' && !end.started;
}

function endedEarly({ cause }: Deadline, timeoutMs: number): Outcome | undefined {
  if (cause === 'timeout') return retryable('timeout', `the script did not end within ${timeoutMs} ms`);
  if (cause === 'aborted') return retryable('aborted', 'the executor took the call back; it is made again');
  return undefined;
}

/** A host that is lost may have started the script without saying so. */
function reachedBy(end: HostedEnd): Reached {
  if (end.kind === 'not_started' || end.kind === 'too_late' || end.kind === 'withheld') return 'no';
  return isUnstarted(end) ? 'maybe' : 'yes';
}

function responseOf(end: HostedEnd): AttemptResult['response'] {
  if (!('output' in end)) return {};
  const { exitCode, signal } = end.kind === 'exited' ? end : { exitCode: null, signal: null };
  return { script: { exitCode, signal, ...end.output } };
}

/** What runs scripts, with the user, the limits and the rights that the settings give them. */
export function createScriptRunner(settings: ExecutorSettings, logger: Logger): ScriptRunner {
  void folderFaults(settings.scriptsDirs).then((faults) => {
    for (const fault of faults) logger.warn({ fault }, 'cannot run scripts from a folder');
  });
  return new ScriptRunner({
    folders: settings.scriptsDirs,
    environment: settings.scriptEnvironment,
    account: settings.scriptUser,
    limits: settings.scriptLimits,
    newPrivileges: settings.scriptNewPrivileges,
    warn: (message) => logger.warn(message),
  });
}
