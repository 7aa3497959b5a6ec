import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Supervisor, type KeptProcess } from '../../tools/supervisor/supervisor.ts';
import { startServersUnder, type BrokerKind, type DevServers } from '../../tools/servers/index.ts';
import { findFreePort } from '../../tools/servers/ports.ts';
import { startService } from '../../tools/stack/service.ts';
import { builtFile } from '../../tools/test/built-file.ts';
import type { Sandbox } from '../../tools/test/sandbox.ts';
import { eventually } from './eventually.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningExecutor {
  name: string;
  url: string;
  process: KeptProcess;
}

export interface ServersWanted {
  /** Those of the test run, of which this is a share: for who harms neither. */
  sandbox?: Sandbox;
  /** Which RabbitMQ it is to have. */
  broker?: BrokerKind;
  log?: (line: string) => void;
}

/** A whole installation as an operator runs it: servers of its own, the built registry and executors as processes. */
export class Installation {
  readonly servers: DevServers;
  readonly apiKey = randomBytes(16).toString('hex');
  readonly secretsKey = randomBytes(32).toString('base64');
  registryUrl = '';
  /** The number of partitions in the executors' settings. */
  readonly partitions: number;
  readonly #supervisor: Supervisor;
  readonly #environment: NodeJS.ProcessEnv;
  #executors = 0;
  #registry: KeptProcess | undefined;

  static async start(environment: NodeJS.ProcessEnv = {}, servers: ServersWanted = {}): Promise<Installation> {
    const dataDir = join(tmpdir(), `provisor-${randomBytes(6).toString('hex')}`);
    const { broker = 'any', log = () => undefined, sandbox } = servers;
    const supervisor = await Supervisor.open({ dataDir, ephemeral: true, log });
    try {
      const env = sandbox ? { DATABASE_URL: sandbox.databaseUrl, AMQP_URL: sandbox.amqpUrl } : {};
      const logins = sandbox && {
        serviceDatabaseUrls: { registry: sandbox.registryDatabaseUrl, executor: sandbox.executorDatabaseUrl },
      };
      const started = { ...(await startServersUnder(supervisor, { log, env, broker })), ...logins };
      const installation = new Installation(supervisor, started, environment);
      await installation.#startRegistry();
      return installation;
    } catch (error) {
      await supervisor.close();
      throw error;
    }
  }

  private constructor(supervisor: Supervisor, servers: DevServers, environment: NodeJS.ProcessEnv) {
    this.#supervisor = supervisor;
    this.servers = servers;
    this.partitions = Number(environment['PARTITIONS'] ?? 16);
    this.#environment = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATABASE_URL: servers.serviceDatabaseUrls?.executor ?? servers.databaseUrl,
      AMQP_URL: servers.amqpUrl,
      BOOTSTRAP_API_KEY: this.apiKey,
      SECRETS_KEY: this.secretsKey,
      LOG_LEVEL: 'warn',
      PARTITIONS: String(this.partitions),
      ...environment,
    };
  }

  /** The process of the registry. */
  get registry(): KeptProcess {
    return this.#registry!;
  }

  /** @param environment Settings of its own. */
  async startExecutor(environment: NodeJS.ProcessEnv = {}): Promise<RunningExecutor> {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${String(port)}`;
    const name = `executor-${String(++this.#executors)}`;
    const kept = await this.#startService(name, 'services/executor/src/main.js', url, {
      EXECUTOR_PORT: String(port),
      ...environment,
    });
    return { name, url, process: kept };
  }

  /** Calls the REST API; paths are below `/api/v1`. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.registryUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.apiKey}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** As {@link call}, for a call that has to succeed; resolves with the JSON of the answer. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.call(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
    return JSON.parse(text) as T;
  }

  /** Resolves when every executor has the newest catalog. */
  async inForce(): Promise<void> {
    await eventually(async () => {
      const { executors } = await this.json<{ executors: { inForce: boolean }[] }>('GET', '/catalog');
      return (executors.length > 0 && executors.every(({ inForce }) => inForce)) || undefined;
    });
  }

  /** Where the servers and services write their logs; it is gone after the stop. */
  get dataDir(): string {
    return this.#supervisor.dataDir;
  }

  /** @param force Ends everything at once. */
  async stop(force = false): Promise<void> {
    await this.#supervisor.close({ force });
  }

  async #startRegistry(): Promise<void> {
    const port = await findFreePort();
    this.registryUrl = `http://127.0.0.1:${String(port)}`;
    const { databaseUrl, serviceDatabaseUrls } = this.servers;
    const environment = {
      REGISTRY_PORT: String(port),
      DATABASE_URL: serviceDatabaseUrls?.registry ?? databaseUrl,
      MIGRATION_DATABASE_URL: databaseUrl,
    };
    this.#registry = await this.#startService(
      'registry',
      'services/registry/src/main.js',
      this.registryUrl,
      environment,
    );
  }

  #startService(name: string, main: string, url: string, environment: NodeJS.ProcessEnv): Promise<KeptProcess> {
    const env = { ...this.#environment, ...environment };
    // Tests end services on purpose; their assertions find an unexpected death.
    return startService({
      supervisor: this.#supervisor,
      name,
      root,
      main: relative(root, builtFile(main)),
      url,
      env,
      logDir: this.#supervisor.dataDir,
      onDeath: () => undefined,
    });
  }
}
