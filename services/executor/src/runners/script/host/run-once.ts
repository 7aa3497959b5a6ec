import { CappedOutput } from './capped-output.ts';
import type { RunOnce, ScriptEnd } from './messages.ts';
import { keptOutput, ScriptProcess, type Cage } from './script-process.ts';

/** A call under way. */
export interface Running {
  /** How it ended, when nothing of it is left. */
  readonly ended: Promise<ScriptEnd>;
  /** Ends it; `ended` then says how it went. */
  abort(): void;
}

/**
 * Starts a script for one event.
 *
 * @param started Called with the id of its process.
 */
export function runOnce(call: RunOnce, cage: Cage, started: (pid: number) => void): Running {
  const script = ScriptProcess.start(call, call.mark, cage);
  if (script instanceof Promise) return { ended: script, abort: () => {} };
  started(script.pid);
  const stdout = new CappedOutput(script.stdout, cage.keptBytes);
  script.stdin.end(call.body);
  const ended = script.ended.then((end): ScriptEnd =>
    end.kind === 'exited' ? { ...end, output: keptOutput(stdout, script.stderr) } : end,
  );
  return { ended, abort: () => script.terminate() };
}
