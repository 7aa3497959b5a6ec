import { CappedOutput } from './capped-output.ts';
import type { LaunchEnd, Launchers } from './launcher.ts';
import type { RunOnce, ScriptEnd } from './messages.ts';
import { killDescendants, rootOf } from './process-tree.ts';
import { killDelayMs, ScriptProcess, type Cage, type Running } from './script-process.ts';
import { startFailure } from './starter.ts';

/**
 * Starts a script for one event.
 *
 * @param started Called with the id of its process, where that is known already.
 */
export function runOnce(call: RunOnce, cage: Cage, started: (pid?: number) => void): Running {
  return cage.launchers ? runLaunched(call, cage, cage.launchers, started) : runDirectly(call, cage, started);
}

/** By a process that starts one script after the other. */
function runLaunched(call: RunOnce, { starter }: Cage, launchers: Launchers, started: () => void): Running {
  const root = rootOf(call.mark, undefined);
  const { promise: ended, resolve } = Promise.withResolvers<ScriptEnd>();
  let killing: NodeJS.Timeout | undefined;
  const launcher = launchers.start(
    { ...call, limits: starter.limits(call.mark.limit) },
    {
      exited: (pid) => void killDescendants({ ...root, pid }),
      ended: (end) => {
        clearTimeout(killing);
        const first = 'pid' in end && end.pid > 0 ? { pid: end.pid } : {};
        void killDescendants({ ...root, ...first }).then(() => resolve('pid' in end ? endOf(end) : goneOf(end.code)));
      },
    },
  );
  started();
  const abort = () => {
    if (killing) return;
    launcher.signal('TERM');
    killing = setTimeout(() => {
      launcher.signal('KILL');
      // One that was stopped does not hear that.
      killing = setTimeout(() => launcher.kill(), killDelayMs);
    }, killDelayMs);
  };
  return { ended, abort };
}

function endOf({ exitCode, signal, stdout, stderr, truncated, failure }: LaunchEnd): ScriptEnd {
  const notStarted = startFailure(failure);
  if (notStarted) return { kind: 'not_started', ...notStarted };
  const output = { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), truncated };
  return { kind: 'exited', exitCode, signal, output };
}

function goneOf(code: string | undefined): ScriptEnd {
  return code === undefined ? { kind: 'lost', started: true } : { kind: 'not_started', stage: 'spawn', code };
}

/** By the host itself. */
function runDirectly(call: RunOnce, cage: Cage, started: (pid: number) => void): Running {
  const script = ScriptProcess.start(call, call.mark, cage);
  if (script instanceof Promise) return { ended: script, abort: () => {} };
  started(script.pid);
  const stdout = new CappedOutput(script.stdout, cage.keptBytes);
  script.stdin.end(call.body);
  const ended = script.ended.then((end): ScriptEnd => {
    if (end.kind !== 'exited') return end;
    const { stderr } = script;
    const truncated = stdout.truncated || stderr.truncated;
    return { ...end, output: { stdout: stdout.text, stderr: stderr.text, truncated } };
  });
  return { ended, abort: () => script.terminate() };
}
