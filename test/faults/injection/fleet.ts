import type { Installation, RunningExecutor } from '../../support/installation.ts';
import { FreezingProxy } from '../../support/freezing-proxy.ts';
import type { SeededRandom } from '../random.ts';

/** How an executor reaches its servers. */
export interface Ways {
  readonly database: FreezingProxy;
  readonly broker: FreezingProxy;
}

/** The executors of the run. Those that are paused are not chosen for anything else. */
export class Fleet {
  readonly #installation: Installation;
  /** Nodes of the broker, which executors are dealt to in turn. */
  readonly #amqpUrls: readonly string[];
  readonly #running: RunningExecutor[] = [];
  readonly #paused = new Set<RunningExecutor>();
  readonly #ways = new Map<RunningExecutor, Ways>();
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
    const { databaseUrl: ownUrl, serviceDatabaseUrls } = this.#installation.servers;
    const databaseUrl = serviceDatabaseUrls?.executor ?? ownUrl;
    const ways = {
      database: await FreezingProxy.before(databaseUrl, 5432),
      broker: await FreezingProxy.before(amqpUrl, 5672),
    };
    const executor = await this.#installation.startExecutor({
      DATABASE_URL: ways.database.url(databaseUrl),
      AMQP_URL: ways.broker.url(amqpUrl),
    });
    this.#running.push(executor);
    this.#ways.set(executor, ways);
    return executor;
  }

  /** How an executor reaches its servers. */
  waysOf(executor: RunningExecutor): Ways {
    return this.#ways.get(executor)!;
  }

  /** Ends what is between the executors and their servers. */
  async close(): Promise<void> {
    await Promise.all([...this.#ways.values()].flatMap(({ database, broker }) => [database.close(), broker.close()]));
  }

  /** Sees to it that the executor is not chosen for anything else; the answer ends that. */
  setAside(executor: RunningExecutor): () => void {
    this.#paused.add(executor);
    return () => void this.#paused.delete(executor);
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
