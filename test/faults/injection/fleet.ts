import type { Installation, RunningExecutor } from '../../support/installation.ts';
import type { SeededRandom } from '../random.ts';

/** The executors of the run. Those that are paused are not chosen for anything else. */
export class Fleet {
  readonly #installation: Installation;
  /** Nodes of the broker, which executors are dealt to in turn. */
  readonly #amqpUrls: readonly string[];
  readonly #running: RunningExecutor[] = [];
  readonly #paused = new Set<RunningExecutor>();
  #started = 0;

  constructor(installation: Installation, amqpUrls: readonly string[]) {
    this.#installation = installation;
    this.#amqpUrls = amqpUrls;
  }

  /** Executors that work. */
  get awake(): readonly RunningExecutor[] {
    return this.#running.filter((executor) => !this.#paused.has(executor));
  }

  get size(): number {
    return this.#running.length;
  }

  /** Undefined when none is awake. */
  pick(random: SeededRandom): RunningExecutor | undefined {
    return this.awake.length > 0 ? random.pick(this.awake) : undefined;
  }

  async start(): Promise<RunningExecutor> {
    const amqpUrl = this.#amqpUrls[this.#started++ % this.#amqpUrls.length]!;
    const executor = await this.#installation.startExecutor({ AMQP_URL: amqpUrl });
    this.#running.push(executor);
    return executor;
  }

  /** SIGKILL. */
  async kill(executor: RunningExecutor): Promise<void> {
    this.#remove(executor);
    await executor.process.kill();
  }

  /** SIGTERM. @throws When it did not end in order. */
  async stop(executor: RunningExecutor): Promise<void> {
    this.#remove(executor);
    await executor.process.stop();
    const { code, signal } = await executor.process.exited;
    if (code !== 0) throw new Error(`${executor.name} was asked to stop and ended with ${String(code ?? signal)}`);
  }

  /** SIGSTOP; resolves with what lets it go on. */
  pause(executor: RunningExecutor): () => void {
    this.#paused.add(executor);
    process.kill(executor.process.pid, 'SIGSTOP');
    return () => {
      process.kill(executor.process.pid, 'SIGCONT');
      this.#paused.delete(executor);
    };
  }

  #remove(executor: RunningExecutor): void {
    const index = this.#running.indexOf(executor);
    if (index >= 0) this.#running.splice(index, 1);
  }
}
