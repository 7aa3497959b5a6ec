import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keeper, type KeptProcess } from '../../tools/keeper/keeper.ts';
import { startServersUnder, type DevServers } from '../../tools/servers/index.ts';
import { findFreePort } from '../../tools/servers/ports.ts';
import { startService } from '../../tools/stack/service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningExecutor {
  url: string;
  process: KeptProcess;
}

/** A whole installation as an operator runs it: servers of its own, the built registry and executors as processes. */
export class Installation {
  readonly servers: DevServers;
  readonly apiKey = randomBytes(16).toString('hex');
  registryUrl = '';
  readonly #keeper: Keeper;
  readonly #environment: NodeJS.ProcessEnv;
  #executors = 0;

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<Installation> {
    const dataDir = join(tmpdir(), `provisor-${randomBytes(6).toString('hex')}`);
    const log = () => undefined;
    const keeper = await Keeper.open({ dataDir, ephemeral: true, log });
    const installation = new Installation(keeper, await startServersUnder(keeper, { log, env: {} }), environment);
    await installation.#startRegistry();
    return installation;
  }

  private constructor(keeper: Keeper, servers: DevServers, environment: NodeJS.ProcessEnv) {
    this.#keeper = keeper;
    this.servers = servers;
    this.#environment = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATABASE_URL: servers.databaseUrl,
      AMQP_URL: servers.amqpUrl,
      BOOTSTRAP_API_KEY: this.apiKey,
      LOG_LEVEL: 'warn',
      ...environment,
    };
  }

  async startExecutor(): Promise<RunningExecutor> {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${String(port)}`;
    const name = `executor-${String(++this.#executors)}`;
    const kept = await this.#startService(name, 'dist/services/executor/src/main.js', url, {
      EXECUTOR_PORT: String(port),
    });
    return { url, process: kept };
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

  async stop(): Promise<void> {
    await this.#keeper.close();
  }

  async #startRegistry(): Promise<void> {
    const port = await findFreePort();
    this.registryUrl = `http://127.0.0.1:${String(port)}`;
    const environment = { REGISTRY_PORT: String(port) };
    await this.#startService('registry', 'dist/services/registry/src/main.js', this.registryUrl, environment);
  }

  #startService(name: string, main: string, url: string, environment: NodeJS.ProcessEnv): Promise<KeptProcess> {
    const env = { ...this.#environment, ...environment };
    // Tests end services on purpose; what they assert is what shows a death that nobody wanted.
    return startService({
      keeper: this.#keeper,
      name,
      root,
      main,
      url,
      env,
      logDir: this.#keeper.dataDir,
      onDeath: () => undefined,
    });
  }
}
