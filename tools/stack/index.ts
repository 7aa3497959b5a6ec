import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Keeper } from '../keeper/keeper.ts';
import { startServersUnder, type DevServers } from '../servers/index.ts';
import { findFreePort } from '../servers/ports.ts';
import { choosePort } from './port.ts';
import { loadSecret, writeSecretFile } from './secret-file.ts';
import { startService } from './service.ts';

export interface StackOptions {
  /** Root of the clone. */
  root: string;
  env: NodeJS.ProcessEnv;
  log: (line: string) => void;
  /** How many executors; one unless given. The first listens on EXECUTOR_PORT, the others anywhere. */
  executors?: number;
  /** Services write their logs to files under the data folder instead of the terminal. */
  logsToFiles?: boolean;
  /** Stops the stack wherever it is, also in the middle of starting. */
  signal: AbortSignal;
}

/** What `.provisor/dev.json` tells other programs. */
export interface DevAccess {
  registryUrl: string;
  apiKey: string;
  amqpUrl: string;
  databaseUrl: string;
  executorUrl: string;
}

export interface Stack {
  /** Root of the clone. */
  root: string;
  /** Keeps further processes that are to end with the stack, before its services. */
  keeper: Keeper;
  access: DevAccess;
  /** Of the clone, relative to its root: where the access is written. */
  accessFile: string;
  servers: DevServers;
  /** Rejects when a server or service ends by itself. Never resolves. */
  failure: Promise<never>;
  /** Executors first, then the registry, then the servers. Idempotent; `force` cuts it short. */
  stop(options?: { force?: boolean }): Promise<void>;
}

const dataFolder = '.provisor';

/**
 * Starts PostgreSQL, RabbitMQ, the registry and the executors, and resolves when all of them are ready.
 *
 * @throws ToolError of several kinds, after everything that was started has been stopped
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { root, log, signal } = options;
  const accessFile = join(root, dataFolder, 'dev.json');
  const keeper = await Keeper.open({ dataDir: join(root, dataFolder), log });
  const stop = async (how?: { force?: boolean }) => {
    await keeper.close(how);
    await rm(accessFile, { force: true });
  };
  const stopping = () => void stop();
  signal.addEventListener('abort', stopping, { once: true });
  try {
    signal.throwIfAborted();
    const { promise: failure, reject } = Promise.withResolvers<never>();
    failure.catch(() => {}); // Whoever waits for it hears of it; a stack that is stopping need not.
    const servers = await startServersUnder(keeper, { ...options, onDeath: reject });
    const access = await Promise.race([startServices(keeper, servers, reject, options), failure]);
    await writeSecretFile(accessFile, `${JSON.stringify(access, null, 2)}\n`);
    return { root, keeper, access, accessFile: join(dataFolder, 'dev.json'), servers, failure, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startServices(
  keeper: Keeper,
  { databaseUrl, amqpUrl, serviceDatabaseUrls }: DevServers,
  onDeath: (error: Error) => void,
  { root, env, log, executors = 1, logsToFiles = false }: StackOptions,
): Promise<DevAccess> {
  const host = env['HOST'] ?? '127.0.0.1';
  const apiKey = env['BOOTSTRAP_API_KEY'] ?? (await loadSecret(join(keeper.dataDir, 'api-key')));
  // Lost, it would leave the secrets of the handlers unreadable: it stays beside the database that it belongs to.
  const secretsKey = env['SECRETS_KEY'] ?? (await loadSecret(join(keeper.dataDir, 'secrets-key')));
  const settings = {
    SCRIPTS_DIRS: './scripts',
    ...env,
    AMQP_URL: amqpUrl,
    BOOTSTRAP_API_KEY: apiKey,
    SECRETS_KEY: secretsKey,
  };
  // Of a server that was given, one login does everything, unless MIGRATION_DATABASE_URL says otherwise.
  const databaseSettings = {
    registry: serviceDatabaseUrls
      ? { DATABASE_URL: serviceDatabaseUrls.registry, MIGRATION_DATABASE_URL: databaseUrl }
      : { DATABASE_URL: databaseUrl },
    executor: { DATABASE_URL: serviceDatabaseUrls?.executor ?? databaseUrl },
  };
  const start = async (service: 'registry' | 'executor', name: string, port: number, portSetting: string) => {
    const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
    const logDir = logsToFiles ? { logDir: join(keeper.dataDir, 'logs') } : {};
    const main = `dist/services/${service}/src/main.js`;
    const serviceEnv = { ...settings, ...databaseSettings[service], [portSetting]: String(port) };
    await startService({ keeper, name, root, main, url, env: serviceEnv, onDeath, ...logDir });
    return url;
  };

  log(executors === 1 ? 'starting the registry and an executor…' : `starting the registry and ${executors} executors…`);
  const registryPort = await choosePort('REGISTRY_PORT', 3000, { env, host, log });
  const registryUrl = await start('registry', 'registry', registryPort, 'REGISTRY_PORT');
  const executorUrls: string[] = [];
  for (let number = 1; number <= executors; number++) {
    const port = number === 1 ? await choosePort('EXECUTOR_PORT', 3001, { env, host, log }) : await findFreePort();
    executorUrls.push(await start('executor', `executor-${number}`, port, 'EXECUTOR_PORT'));
  }
  return { registryUrl, apiKey, amqpUrl, databaseUrl, executorUrl: executorUrls[0] ?? '' };
}
