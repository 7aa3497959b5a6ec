import { connect } from 'amqplib';
import pg from 'pg';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { Installation, type RunningExecutor } from '../support/installation.ts';
import { RecordingTarget } from '../support/recording-target.ts';
import { shiftedClock } from '../support/shifted-clock.ts';
import type { Targets } from './prometheus.ts';

const addressOf = (url: string) => new URL(url).host;

/** What things go wrong on: a whole installation with two executors, handlers that answer well, refuse and are dead. */
export class Stage implements AsyncDisposable {
  readonly installation: Installation;
  readonly target: RecordingTarget;
  readonly executors: RunningExecutor[];
  #billing: Billing;
  #frozen: { pid: number }[] = [];

  static async open(): Promise<Stage> {
    const installation = await Installation.start();
    const executors = [await installation.startExecutor(), await installation.startExecutor()];
    const target = await RecordingTarget.listen();
    target.reply = ({ path }, response) => void response.writeHead(Number(path.slice(1))).end();
    const billing = await Billing.connect(installation.servers.amqpUrl);
    const stage = new Stage(installation, target, executors, billing);
    await stage.#addHandlers();
    return stage;
  }

  private constructor(
    installation: Installation,
    target: RecordingTarget,
    executors: RunningExecutor[],
    billing: Billing,
  ) {
    this.installation = installation;
    this.target = target;
    this.executors = executors;
    this.#billing = billing;
  }

  get targets(): Targets {
    return {
      'provisor-registry': [addressOf(this.installation.registryUrl)],
      'provisor-executor': this.executors.map(({ url }) => addressOf(url)),
    };
  }

  /** Events of as many keys. */
  async publish(type: string, count: number): Promise<void> {
    const keys = Array.from({ length: count }, (_, objectId) => objectId);
    await Promise.all(keys.map((objectId) => this.#billing.publish({ type, objectId })));
  }

  async publishRaw(type: string, content: string, options: object = {}): Promise<void> {
    await this.#billing.publishRaw(type, Buffer.from(content), { contentType: 'application/json', ...options });
  }

  async deleteQueue(queue: string): Promise<void> {
    await this.#billing.deleteQueue(queue);
  }

  /** The services find another exchange than the one that they need. */
  async putExchangeInTheWay(): Promise<void> {
    const connection = await connect(this.installation.servers.amqpUrl);
    const channel = await connection.createChannel();
    await channel.deleteExchange('billing.events');
    await channel.assertExchange('billing.events', 'fanout', { durable: true });
    await connection.close();
  }

  /** After the broker was away. */
  async connectBilling(): Promise<void> {
    this.#billing = await eventually(() => Billing.connect(this.installation.servers.amqpUrl), 60_000);
  }

  /** A replacement executor, whose clock may be wrong by this number of milliseconds. */
  async replaceExecutor(index: number, shiftMs = 0): Promise<void> {
    this.executors[index] = await this.installation.startExecutor(shiftMs === 0 ? {} : shiftedClock(shiftMs));
  }

  async onDatabase<T extends pg.QueryResultRow>(statement: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.installation.servers.databaseUrl });
    await client.connect();
    try {
      return (await client.query<T>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  /** Stops what PostgreSQL has for the executors where it is: their connections hang, and new ones work. */
  async freezeDatabaseOfExecutors(): Promise<void> {
    this.#frozen = await this.onDatabase(
      `select pid from pg_stat_activity where application_name = 'provisor-executor'`,
    );
    for (const { pid } of this.#frozen) process.kill(pid, 'SIGSTOP');
  }

  thawDatabase(): void {
    for (const { pid } of this.#frozen) process.kill(pid, 'SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What hangs or is away must not keep the rest.
    await this.target.close();
    await this.installation.stop(true);
  }

  async #addHandlers(): Promise<void> {
    const handler = (event: string, status: number, schedule: string[]) =>
      this.installation.json('POST', '/handlers', {
        name: event,
        event,
        task: { type: 'http', url: this.target.url(`/${String(status)}`) },
        retry: { maxAttempts: 8, schedule },
      });
    await handler('clients.update', 200, ['1s']);
    await handler('clients.create', 422, ['1s']);
    await handler('clients.delete', 503, ['1h']);
  }
}
