import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa, type ResultPromise } from 'execa';
import { endLeftovers } from './ending.ts';
import { AlreadyRunningError, SupervisorError, SupervisorGoneError } from './supervisor-error.ts';
import type { Command, Exit, ProcessSpec, Report } from './messages.ts';

export interface KeptProcess {
  readonly name: string;
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
  /** Ends it in order, or by force when its grace is over. */
  stop(): Promise<void>;
  /** Kills it and all its descendants. */
  kill(): Promise<void>;
}

export interface SupervisorOptions {
  dataDir: string;
  /** Remove the data folder at the end. */
  ephemeral?: boolean;
  log: (line: string) => void;
}

type Child = ResultPromise['nodeChildProcess'];
type Pending = PromiseWithResolvers<number | undefined>;

/**
 * Processes that never outlive us. They are children of a supervisor process (`main.ts`), which ends them when asked to
 * or when this process has gone, however it went.
 */
export class Supervisor {
  readonly dataDir: string;
  readonly ephemeral: boolean;
  readonly #child: Child;
  readonly #pending = new Map<number, Pending>();
  readonly #exits = new Map<number, PromiseWithResolvers<Exit>>();
  #lastRequest = 0;
  #closing: Promise<void> | undefined;

  private constructor(child: Child, options: SupervisorOptions) {
    this.dataDir = options.dataDir;
    this.ephemeral = options.ephemeral ?? false;
    this.#child = child;
    child.on('message', (report: Report) => this.#hear(report));
    child.once('exit', () => {
      this.#closing ??= this.#standIn();
      for (const id of this.#pending.keys()) this.#settle(id)?.reject(new SupervisorGoneError());
    });
  }

  /**
   * @throws AlreadyRunningError when a supervisor whose owner lives has the folder
   * @throws SupervisorError when the supervisor does not come up
   */
  static async open(options: SupervisorOptions): Promise<Supervisor> {
    const { dataDir, ephemeral, log } = options;
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    const started = execa(process.execPath, [main, dataDir, ...(ephemeral ? ['--ephemeral'] : [])], {
      detached: true, // A session of its own: a Ctrl-C on the terminal is for us alone.
      cleanup: false, // It sees us go by the channel, and ends its processes first.
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      ipc: true,
      buffer: false,
      reject: false,
    });
    const child = started.nodeChildProcess;
    if (child.pid === undefined)
      throw new SupervisorError('cannot start a supervisor', { cause: (await started).cause });
    const first = await firstReport(child, log);
    if (first?.report === 'ready') return new Supervisor(child, options);
    if (first?.report === 'refused') throw new AlreadyRunningError(dataDir, first.heldBy);
    throw new SupervisorError(`the supervisor of ${dataDir} ended before it was ready`);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async spawn(spec: ProcessSpec): Promise<KeptProcess> {
    const pid = await this.#ask({ do: 'spawn', spec });
    if (pid === undefined) throw new SupervisorError(`no process id for ${spec.name}`);
    const exited = this.#exitOf(pid).promise;
    void exited.then(() => this.#exits.delete(pid)); // A later process may get the same pid.
    return {
      name: spec.name,
      pid,
      exited,
      stop: () => this.#order({ do: 'stop', pid }),
      kill: () => this.#order({ do: 'kill', pid }),
    };
  }

  /**
   * Ends all processes, the last started first, and the supervisor. Idempotent; a later call with `force` cuts an
   * orderly end short.
   */
  close(options: { force?: boolean } = {}): Promise<void> {
    if (!this.#closing || options.force) this.#closing = this.#close(options.force ?? false);
    return this.#closing;
  }

  async #close(force: boolean): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    try {
      await this.#ask({ do: 'close', force });
    } catch (error) {
      if (!(error instanceof SupervisorGoneError)) throw error; // Gone is what we want it to be.
    }
    await gone;
  }

  async #order(command: Command): Promise<void> {
    await this.#ask(command);
  }

  #ask(command: Command): Promise<number | undefined> {
    const id = ++this.#lastRequest;
    const pending = Promise.withResolvers<number | undefined>();
    this.#pending.set(id, pending);
    this.#child.send({ ...command, id }, (error) => {
      if (error) this.#settle(id)?.reject(new SupervisorGoneError({ cause: error }));
    });
    return pending.promise;
  }

  #hear(report: Report): void {
    if (report.report === 'done') this.#settle(report.id)?.resolve(report.pid);
    if (report.report === 'failed') this.#settle(report.id)?.reject(new SupervisorError(report.reason));
    if (report.report === 'exited') this.#exitOf(report.pid).resolve(report.exit);
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /** The report of an exit may come before the answer to the request that started the process. */
  #exitOf(pid: number): PromiseWithResolvers<Exit> {
    const exit = this.#exits.get(pid) ?? Promise.withResolvers<Exit>();
    this.#exits.set(pid, exit);
    return exit;
  }

  /** The supervisor was killed while we live: does what it can do no more, and reports its processes as killed. */
  async #standIn(): Promise<void> {
    await endLeftovers(this.dataDir);
    if (this.ephemeral) await rm(this.dataDir, { recursive: true, force: true });
    for (const exit of this.#exits.values()) exit.resolve({ code: null, signal: 'SIGKILL' });
  }
}

async function firstReport(child: Child, log: SupervisorOptions['log']): Promise<Report | undefined> {
  const reports = Promise.withResolvers<Report | undefined>();
  const hear = (report: Report) => {
    if (report.report === 'waiting')
      log(`waiting for process ${report.heldBy}, which is still stopping the servers of an earlier run…`);
    else reports.resolve(report);
  };
  const end = () => reports.resolve(undefined);
  child.on('message', hear);
  child.once('exit', end);
  try {
    return await reports.promise;
  } finally {
    child.off('message', hear);
    child.off('exit', end);
  }
}
