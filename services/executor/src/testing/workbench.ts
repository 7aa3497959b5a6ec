import { v7 as uuidv7 } from 'uuid';
import { handlerDefaults, usualReleasePerSecond, type Handler, type SigningSecret, type Target } from '#contracts';
import { createLogger, type Logger } from '#observability';
import { readExecutorSettings, type ExecutorSettings } from '#settings';
import { Billing } from '../../../../test/support/billing.ts';
import { eventually } from '../../../../test/support/eventually.ts';
import { createMigratedSandbox } from '../../../../test/support/migrated-sandbox.ts';
import { announceCatalog } from '../../../../test/support/registry-voice.ts';
import type { Sandbox } from '../../../../tools/test/sandbox.ts';
import { ExecutorApp } from '../executor-app.ts';
import type { HangTimes } from '../executor.module.ts';
import type { AttemptRow, EventRow } from '../record/journal-rows.ts';
import { OwnerDatabase, type Fields, type Statements } from './owner-database.ts';

/** Rows of the journal, but for their times, which are read as dates. */
type JournaledEvent = Omit<EventRow, 'occurred_at' | 'received_at' | 'finished_at'>;
type JournaledAttempt = Omit<AttemptRow, 'next_attempt_at' | 'started_at'>;
type NewHandler = Pick<Handler, 'name' | 'event' | 'task'> &
  Partial<Handler> & {
    secrets?: Record<string, string>;
    signingSecrets?: SigningSecret[];
  };

type NewTarget = Pick<Target, 'baseUrl'> & Partial<Target> & { secrets?: Record<string, string> };

/** Real executors on a real broker and database of their own, with a test in the place of registry and billing. */
export class Workbench {
  readonly sandbox: Sandbox;
  readonly database: OwnerDatabase;
  readonly #executors: ExecutorApp[] = [];
  #billing: Billing | undefined;

  static async open(): Promise<Workbench> {
    const sandbox = await createMigratedSandbox();
    return new Workbench(sandbox);
  }

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.database = new OwnerDatabase(sandbox.databaseUrl);
  }

  settings(overrides: Partial<ExecutorSettings> = {}): ExecutorSettings {
    const { executorDatabaseUrl, amqpUrl } = this.sandbox;
    const environment = { ...process.env, DATABASE_URL: executorDatabaseUrl, AMQP_URL: amqpUrl, EXECUTOR_PORT: '0' };
    return { ...readExecutorSettings(environment), partitions: 4, logLevel: 'error', ...overrides };
  }

  /** Starts an executor that is stopped with the workbench. */
  async startExecutor(
    overrides: Partial<ExecutorSettings> = {},
    logger?: Logger,
    times?: HangTimes,
  ): Promise<ExecutorApp> {
    const settings = this.settings(overrides);
    const executor = await ExecutorApp.create(settings, logger ?? createLogger('executor', settings.logLevel), times);
    this.#executors.push(executor);
    await executor.start();
    await eventually(async () => ((await fetch(`${await executor.url()}/readyz`)).ok ? true : undefined));
    return executor;
  }

  /** Adds a handler as the registry would, and has it in force on every executor. */
  async addHandler(handler: NewHandler): Promise<string> {
    const id = handler.id ?? uuidv7();
    await this.#change((statements) =>
      statements.insert('handlers', {
        ...handlerDefaults,
        priority: 1,
        timeoutMs: 10_000,
        secrets: {},
        signingSecrets: [],
        version: 1,
        ...handler,
        id,
      }),
    );
    return id;
  }

  /** Adds a target as the registry would. */
  async addTarget(target: NewTarget): Promise<string> {
    const id = target.id ?? uuidv7();
    await this.#change((statements) =>
      statements.insert('targets', {
        ...{ name: id, description: '', headers: {}, secretHeaders: [], auth: null, tls: null, secrets: {} },
        ...{ rate: null, maxConcurrency: null, hold: null, windows: [], releasePerSecond: usualReleasePerSecond },
        version: 1,
        ...target,
        id,
      }),
    );
    return id;
  }

  /** Changes targets or handlers as the registry would, and has the change in force on every executor. */
  async change(table: 'targets' | 'handlers', id: string, fields: Fields): Promise<void> {
    await this.#change(async (statements) => {
      await statements.query(`update ${table} set version = version + 1 where id = $1`, [id]);
      await statements.update(table, id, fields);
    });
  }

  /** Has a person hold a handler or a target, or release it. */
  async hold(table: 'targets' | 'handlers', id: string, until: string | null = null): Promise<void> {
    await this.change(table, id, { hold: { reason: 'upgrade', until, since: '2026-01-01T00:00:00Z', by: 'test' } });
  }

  async release(table: 'targets' | 'handlers', id: string): Promise<void> {
    await this.change(table, id, { hold: null });
  }

  async #change(work: (statements: Statements) => Promise<void>): Promise<void> {
    await this.database.transaction(async (statements) => {
      await statements.query('select from catalog for update');
      await work(statements);
      await statements.query('update catalog set revision = revision + 1');
    });
    await this.#announce();
  }

  async billing(): Promise<Billing> {
    this.#billing ??= await Billing.connect(this.sandbox.amqpUrl);
    return this.#billing;
  }

  /** Tells the executors that there is a newer catalog, and waits until they have it. */
  async #announce(): Promise<void> {
    if (this.#executors.length === 0) return;
    const [catalog] = await this.database.query<{ revision: number }[]>('select revision from catalog');
    const { revision } = catalog!;
    await announceCatalog(this.sandbox.amqpUrl, revision);
    await eventually(async () => {
      const behind = await this.database.query('select from executors where revision < $1', [revision]);
      return (behind as unknown[]).length === 0 ? true : undefined;
    });
  }

  /** The event's row, when the journal has it. */
  event(id: string): Promise<JournaledEvent> {
    return eventually(async () => {
      const [row] = await this.database.query<JournaledEvent[]>('select * from events where event_id = $1', [id]);
      return row;
    });
  }

  /** The attempts for an event, in the order in which they were made. */
  attempts(eventId: string): Promise<JournaledAttempt[]> {
    return this.database.query('select * from attempts where event_id = $1 order by id', [eventId]);
  }

  async close(): Promise<void> {
    await this.#billing?.close();
    await Promise.all(this.#executors.map((executor) => executor.stop()));
    await this.database.close();
    await this.sandbox.dispose();
  }
}
