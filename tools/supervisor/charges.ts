import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { killProcess, stopProcess } from './ending.ts';
import type { Exit, ProcessSpec } from './messages.ts';
import { describeRunning, writeRecord, type RunningProcess } from './record.ts';

/** execa takes any number, and its types know those below ten. */
type Descriptor = 3;

interface Charge {
  running: RunningProcess;
  exited: Promise<void>;
}

/**
 * The processes that a supervisor keeps, in the order they were started, and the record of them on disk.
 */
export class Charges {
  readonly #running = new Map<number, Charge>();
  readonly #dataDir: string;
  readonly #onExit: (pid: number, exit: Exit) => void;
  #closed = false;

  constructor(dataDir: string, onExit: (pid: number, exit: Exit) => void) {
    this.#dataDir = dataDir;
    this.#onExit = onExit;
  }

  /**
   * Starts a process in a session of its own, so that a Ctrl-C on the terminal does not reach it before we mean it to
   * end.
   */
  async spawn(spec: ProcessSpec): Promise<number> {
    if (this.#closed) throw new Error(`${spec.name} is not started any more`);
    const output = openOutput(spec.output);
    const started = execa(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      extendEnv: false,
      detached: true,
      stdin: 'ignore',
      stdout: output,
      stderr: output,
      reject: false,
      cleanup: false,
      ...(spec.uid !== undefined && { uid: spec.uid }),
      ...(spec.gid !== undefined && { gid: spec.gid }),
    });
    if (output !== 'inherit') closeSync(output);
    const { pid } = started;
    if (pid === undefined) throw new Error(`cannot start ${spec.name}`, { cause: (await started).cause });
    const exited = new Promise<void>((resolve) => {
      started.nodeChildProcess.once('exit', (code, signal) => {
        this.#running.delete(pid);
        this.#record();
        this.#onExit(pid, { code, signal });
        resolve();
      });
    });
    this.#running.set(pid, { running: describeRunning(pid, spec), exited });
    this.#record();
    return pid;
  }

  async stop(pid: number): Promise<void> {
    await this.#end(this.#running.get(pid), stopProcess);
  }

  async kill(pid: number): Promise<void> {
    await this.#end(this.#running.get(pid), killProcess);
  }

  /**
   * Ends all of them, the last started first, since it may need the earlier ones to end well. Nothing can be started
   * afterwards.
   */
  async close(force: boolean): Promise<void> {
    this.#closed = true;
    for (const charge of [...this.#running.values()].reverse())
      await this.#end(charge, force ? killProcess : stopProcess);
  }

  async #end(charge: Charge | undefined, end: typeof stopProcess): Promise<void> {
    if (!charge) return;
    await end(charge.running);
    await charge.exited;
  }

  #record(): void {
    writeRecord(
      this.#dataDir,
      Array.from(this.#running.values(), ({ running }) => running),
    );
  }
}

/**
 * Not by execa's `file` option, which pipes: what a process writes must get there also when the supervisor has been
 * killed.
 */
function openOutput(output: ProcessSpec['output']): Descriptor | 'inherit' {
  if (output === 'terminal') return 'inherit';
  mkdirSync(dirname(output.file), { recursive: true });
  return openSync(output.file, 'a') as Descriptor;
}
