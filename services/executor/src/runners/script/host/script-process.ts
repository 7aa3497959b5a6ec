import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { CappedOutput } from './capped-output.ts';
import { launch } from './launch.ts';
import { limited, limitedStartError } from './limits.ts';
import type { KeptOutput, Mark, ScriptAccount, ScriptProgram } from './messages.ts';
import { killDescendants, rootOf, signalGroup, type Root } from './process-tree.ts';

/** Between the polite and the final signal. */
const killDelayMs = 1_000;
/** How often, and how long each time, output is waited for when somebody who could not be found still holds the pipes open. */
const lastOutput = { looks: 10, eachMs: 25 };

/** What all scripts of a host have in common. */
export interface Cage {
  readonly account: ScriptAccount | undefined;
  /** Arguments of prlimit; undefined where there is none. */
  readonly limits: readonly string[] | undefined;
  /** Bytes. */
  readonly keptBytes: number;
}

/** The code of the system's error. */
export interface NotStarted {
  readonly kind: 'not_started';
  readonly code: string;
}

export type ProcessEnd =
  NotStarted | { readonly kind: 'exited'; readonly exitCode: number | null; readonly signal: string | null };

/** One process of a script, with everything that comes of it. */
export class ScriptProcess {
  readonly pid: number;
  readonly stderr: CappedOutput;
  /** Resolves when it has ended, nothing of it is left, and its output has been read. */
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #root: Root;
  #killing: NodeJS.Timeout | undefined;
  /** It has ended, and what it wrote has been read to the end. */
  #closed = false;

  /** Starts a script, or tells how that failed. */
  static start(program: ScriptProgram, mark: Mark, cage: Cage): ScriptProcess | Promise<NotStarted> {
    const { file, args, env } = program;
    const command = cage.limits ? limited(cage.limits, mark.limit, file, args) : [file, ...args];
    // A session and a group of its own, by which all of it can be ended. Supplementary groups are dropped with the user.
    const { uid, gid } = cage.account ?? {};
    const user = uid === undefined || gid === undefined ? {} : { uid, gid };
    const launched = launch(command[0]!, command.slice(1), { env, detached: true, ...user });
    if ('failed' in launched) return launched.failed.then((code) => ({ kind: 'not_started', code }));
    return new ScriptProcess(launched.child, launched.pid, mark, cage.keptBytes);
  }

  private constructor(child: ChildProcessWithoutNullStreams, pid: number, mark: Mark, keptBytes: number) {
    this.#child = child;
    this.#root = rootOf(mark, pid);
    this.pid = pid;
    this.stderr = new CappedOutput(child.stderr, keptBytes);
    // A script need not read what it is given.
    child.stdin.on('error', () => {});
    child.once('close', () => (this.#closed = true));
    this.ended = this.#end();
  }

  get stdin() {
    return this.#child.stdin;
  }

  get stdout() {
    return this.#child.stdout;
  }

  /** Asks it to end, and ends it if it does not. */
  terminate(): void {
    if (this.#killing) return;
    signalGroup(this.pid, 'SIGTERM');
    this.#killing = setTimeout(() => this.kill(), killDelayMs);
  }

  /** Ends its group at once. */
  kill(): void {
    signalGroup(this.pid, 'SIGKILL');
  }

  async #end(): Promise<ProcessEnd> {
    const [exitCode, signal] = (await once(this.#child, 'exit')) as [number | null, string | null];
    clearTimeout(this.#killing);
    this.kill();
    await killDescendants(this.#root);
    await this.#drain();
    const code = limitedStartError(exitCode, this.stderr.text);
    return code === undefined ? { kind: 'exited', exitCode, signal } : { kind: 'not_started', code };
  }

  async #drain(): Promise<void> {
    if (this.#closed) return;
    await this.#closedInTime();
    for (const pipe of this.#child.stdio) pipe?.destroy();
  }

  #closedInTime(): Promise<void> {
    return new Promise((resolve) => {
      // Not once for the whole time: where this process is busy that can be over before it has come to read anything.
      let looks = 0;
      const enough = () => {
        clearInterval(looking);
        resolve();
      };
      const looking = setInterval(() => {
        if (++looks === lastOutput.looks) enough();
      }, lastOutput.eachMs);
      this.#child.once('close', enough);
    });
  }
}

export function keptOutput(stdout: CappedOutput, stderr: CappedOutput): KeptOutput {
  return { stdout: stdout.text, stderr: stderr.text, truncated: stdout.truncated || stderr.truncated };
}
