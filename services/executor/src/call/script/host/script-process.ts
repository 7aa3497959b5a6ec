import { once } from 'node:events';
import type { Duplex, Readable, Writable } from 'node:stream';
import { CappedOutput } from './capped-output.ts';
import { launch, type Program } from './launch.ts';
import type { Launchers } from './launcher.ts';
import type { Mark, NotStarted, ScriptAccount, ScriptEnd, ScriptProgram } from './messages.ts';
import { killDescendants, rootOf, signalGroup, type Root } from './process-tree.ts';
import { inputFile, startFailure, statusFile, type Starter } from './starter.ts';

/** More than a starter says. */
const mostStatusBytes = 64;
/** Between the polite and the final signal. */
export const killDelayMs = 1_000;
/**
 * How often, and how long each time, to wait for output while a process that could not be found holds the pipes open.
 */
const lastOutput = { looks: 10, eachMs: 25 };

/** What all scripts of a host have in common. */
export interface Cage {
  readonly account: ScriptAccount | undefined;
  readonly starter: Starter;
  /** What starts scripts of one event; undefined: the host starts each. */
  readonly launchers: Launchers | undefined;
  /** Bytes. */
  readonly keptBytes: number;
}

export type ProcessEnd =
  NotStarted | { readonly kind: 'exited'; readonly exitCode: number | null; readonly signal: string | null };

/** One process of a script, with everything that comes of it. */
export class ScriptProcess {
  readonly pid: number;
  readonly stderr: CappedOutput;
  /** Ends or fails when the script has closed it; where it does not end, that shows with the next write. */
  readonly stdin: Writable;
  /** Resolves when it has ended, nothing of it is left, and its output has been read. */
  readonly ended: Promise<ProcessEnd>;
  /** Resolves when its process has ended, before what it left is cleared away. */
  readonly exited: Promise<unknown>;
  readonly #program: Program;
  readonly #root: Root;
  /** What the starter says when it cannot become the script. */
  readonly #status: CappedOutput | undefined;
  #killing: NodeJS.Timeout | undefined;
  /** It has ended, and what it wrote has been read to the end. */
  #closed = false;

  /** Starts a script, or tells how that failed. */
  static start(program: ScriptProgram, mark: Mark, cage: Cage): ScriptProcess | Promise<NotStarted> {
    const { file, args, env, cwd } = program;
    const command = cage.starter.command(mark.limit, file, args);
    const { kind } = cage.starter;
    const withMoreFiles = kind === 'perl';
    const environment = cage.starter.environment(env);
    // Supplementary groups are dropped with the user.
    const { uid, gid } = cage.account ?? {};
    const user = uid === undefined || gid === undefined ? {} : { uid, gid };
    const launched = launch(command[0]!, command.slice(1), { env: environment, cwd, withMoreFiles, ...user });
    if ('failed' in launched) {
      return launched.failed.then((code) => ({
        kind: 'not_started',
        stage: kind === 'none' ? 'execve' : 'spawn',
        code,
      }));
    }
    return new ScriptProcess(launched.program, launched.pid, mark, cage.keptBytes);
  }

  private constructor(program: Program, pid: number, mark: Mark, keptBytes: number) {
    this.#program = program;
    this.#root = rootOf(mark, pid);
    this.pid = pid;
    this.stderr = new CappedOutput(program.stderr, keptBytes);
    const status = program.nodeChildProcess.stdio[statusFile] as Readable | null | undefined;
    this.#status = status ? new CappedOutput(status, mostStatusBytes) : undefined;
    const input = program.nodeChildProcess.stdio[inputFile] as Duplex | null | undefined;
    this.stdin = input ?? program.nodeChildProcess.stdin!;
    // A script need not read what it is given.
    this.stdin.on('error', () => {});
    // Only the end of its input matters: then no process reads it any more.
    input?.resume();
    program.nodeChildProcess.once('close', () => (this.#closed = true));
    this.exited = once(program.nodeChildProcess, 'exit');
    this.ended = this.#end();
  }

  get stdout(): Readable {
    return this.#program.stdout;
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
    const [exitCode, signal] = (await once(this.#program.nodeChildProcess, 'exit')) as [number | null, string | null];
    clearTimeout(this.#killing);
    this.kill();
    await killDescendants(this.#root);
    await this.#drain();
    const failure = startFailure(this.#status?.text ?? '');
    return failure ? { kind: 'not_started', ...failure } : { kind: 'exited', exitCode, signal };
  }

  async #drain(): Promise<void> {
    if (this.#closed) return;
    await this.#closedInTime();
    for (const pipe of this.#program.nodeChildProcess.stdio) pipe?.destroy();
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
      this.#program.nodeChildProcess.once('close', enough);
    });
  }
}

/** A running call. */
export interface Running {
  /** How it ended, when nothing of it is left. */
  readonly ended: Promise<ScriptEnd>;
  /** Ends it; `ended` then says how it went. */
  abort(): void;
}
