import type { Supervisor, KeptProcess } from '../supervisor/supervisor.ts';
import type { Exit, ProcessSpec } from '../supervisor/messages.ts';
import { logTail } from '../process/log-tail.ts';
import { poll } from '../process/poll.ts';
import { ServerDiedError, ServerNotReadyError } from './server-error.ts';

export interface PrivateServerOptions {
  supervisor: Supervisor;
  spec: ProcessSpec;
  /** Where to look when it does not come up. */
  logFile: string;
  /** Asks it whether it serves; undefined while it does not. */
  isReady: () => Promise<true | undefined>;
  readyTimeoutMs: number;
  /** Called if it ends unexpectedly. */
  onDeath: (error: ServerDiedError) => void;
}

/**
 * A server of our own, on a port and with data that stay the same however often it is stopped, killed and started.
 */
export class PrivateServer {
  readonly #options: PrivateServerOptions;
  #process: KeptProcess | undefined;

  constructor(options: PrivateServerOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.spec.name;
  }

  /**
   * Resolves when it serves.
   *
   * @throws ServerDiedError or ServerNotReadyError, with the end of its log
   */
  async start(): Promise<void> {
    const { supervisor, spec, isReady, readyTimeoutMs, logFile } = this.#options;
    const started = await supervisor.spawn(spec);
    this.#process = started;
    const ended = new AbortController();
    const died = started.exited.then(async (exit) => {
      const error = await this.#describeDeath(exit);
      ended.abort(error);
      return error;
    });
    const ready = await poll(isReady, { timeoutMs: readyTimeoutMs, signal: ended.signal });
    if (!ready) throw new ServerNotReadyError(spec.name, readyTimeoutMs, logFile, await logTail(logFile));
    void died.then((error) => this.#process === started && this.#options.onDeath(error));
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    await this.#take()?.stop();
  }

  /** Ends it as a crash of the machine would: SIGKILL for it and all its helpers. */
  async kill(): Promise<void> {
    await this.#take()?.kill();
  }

  /** Lets it and its helpers stand still (SIGSTOP) for as long as the work takes: it takes calls, and answers none. */
  async whileFrozen<T>(work: () => Promise<T>): Promise<T> {
    const group = -this.#process!.pid;
    process.kill(group, 'SIGSTOP');
    try {
      return await work();
    } finally {
      process.kill(group, 'SIGCONT');
    }
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** From here on its end is expected. */
  #take(): KeptProcess | undefined {
    const process = this.#process;
    this.#process = undefined;
    return process;
  }

  async #describeDeath(exit: Exit): Promise<ServerDiedError> {
    const { spec, logFile } = this.#options;
    return new ServerDiedError(spec.name, exit, logFile, await logTail(logFile));
  }
}
