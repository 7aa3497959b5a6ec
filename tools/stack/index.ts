import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Supervisor } from '../supervisor/supervisor.ts';
import { startServersUnder, type DevServers } from '../servers/index.ts';
import { findFreePort } from '../servers/ports.ts';
import { choosePort, usualPorts, type PortSetting } from './port.ts';
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
  /** PostgreSQL and RabbitMQ alone: the developer starts the services, with the settings of `dev.env`. */
  serversOnly?: boolean;
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
  supervisor: Supervisor;
  access: DevAccess;
  /** Of the clone, relative to its root: where the access is written. */
  accessFile: string;
  /** The same place for the settings of a service that the developer starts. */
  settingsFile: string;
  /** Rejects if a server or service ends unexpectedly. Never resolves. */
  failure: Promise<never>;
  /** Executors first, then the registry, then the servers. Idempotent; `force` cuts it short. */
  stop(options?: { force?: boolean }): Promise<void>;
}

const dataFolder = '.provisor';
const accessFile = join(dataFolder, 'dev.json');
/** What `nest start` reads: see the `exec` of nest-cli.json. */
const settingsFile = join(dataFolder, 'dev.env');

/**
 * Starts PostgreSQL, RabbitMQ, the registry and the executors, and resolves when all of them are ready.
 *
 * @throws ToolError of several kinds, after everything that was started has been stopped
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { root, log, signal } = options;
  const supervisor = await Supervisor.open({ dataDir: join(root, dataFolder), log });
  const stop = async (how?: { force?: boolean }) => {
    await supervisor.close(how);
    for (const file of [accessFile, settingsFile]) await rm(join(root, file), { force: true });
  };
  const stopping = () => void stop();
  signal.addEventListener('abort', stopping, { once: true });
  try {
    signal.throwIfAborted();
    const { promise: failure, reject } = Promise.withResolvers<never>();
    failure.catch(() => {}); // Callers that await it get the error; a stack that is stopping need not.
    const servers = await startServersUnder(supervisor, { ...options, onDeath: reject });
    const settings = await settingsOf(supervisor, servers, options.env);
    await writeSecretFile(
      join(root, settingsFile),
      environmentFile({ ...settings, DATABASE_URL: servers.databaseUrl }),
    );
    const services = options.serversOnly
      ? Promise.resolve({
          registryUrl: urlOf('REGISTRY_PORT', options.env),
          executorUrl: urlOf('EXECUTOR_PORT', options.env),
        })
      : startServices(supervisor, servers, settings, reject, options);
    const { registryUrl, executorUrl } = await Promise.race([services, failure]);
    const { databaseUrl, amqpUrl } = servers;
    const access = { registryUrl, apiKey: settings.BOOTSTRAP_API_KEY, amqpUrl, databaseUrl, executorUrl };
    await writeSecretFile(join(root, accessFile), `${JSON.stringify(access, null, 2)}\n`);
    return { root, supervisor, access, accessFile, settingsFile, failure, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What every service of the stack needs to be told, apart from its database login. */
async function settingsOf(supervisor: Supervisor, { amqpUrl }: DevServers, env: NodeJS.ProcessEnv) {
  return {
    AMQP_URL: amqpUrl,
    BOOTSTRAP_API_KEY: env['BOOTSTRAP_API_KEY'] ?? (await loadSecret(join(supervisor.dataDir, 'api-key'))),
    // Lost, it would leave the secrets of the handlers unreadable: it stays beside the database that it belongs to.
    SECRETS_KEY: env['SECRETS_KEY'] ?? (await loadSecret(join(supervisor.dataDir, 'secrets-key'))),
  };
}

function environmentFile(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('');
}

/** Where a service that the developer starts is going to listen. */
function urlOf(setting: PortSetting, env: NodeJS.ProcessEnv): string {
  return `http://${reachable(env['HOST'])}:${env[setting] ?? usualPorts[setting]}`;
}

function reachable(host = '127.0.0.1'): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host;
}

async function startServices(
  supervisor: Supervisor,
  { databaseUrl, serviceDatabaseUrls }: DevServers,
  common: Record<string, string>,
  onDeath: (error: Error) => void,
  { root, env, log, executors = 1, logsToFiles = false }: StackOptions,
): Promise<Pick<DevAccess, 'registryUrl' | 'executorUrl'>> {
  const host = env['HOST'] ?? '127.0.0.1';
  const settings = { ...env, ...common };
  // Of a server that was given, one login does everything, unless MIGRATION_DATABASE_URL says otherwise.
  const databaseSettings = {
    registry: serviceDatabaseUrls
      ? { DATABASE_URL: serviceDatabaseUrls.registry, MIGRATION_DATABASE_URL: databaseUrl }
      : { DATABASE_URL: databaseUrl },
    executor: { DATABASE_URL: serviceDatabaseUrls?.executor ?? databaseUrl },
  };
  const registryPort = await choosePort('REGISTRY_PORT', { env, host, log });
  const start = async (service: 'registry' | 'executor', name: string, port: number, portSetting: PortSetting) => {
    const url = `http://${reachable(host)}:${port}`;
    const logDir = logsToFiles ? { logDir: join(supervisor.dataDir, 'logs') } : {};
    const main = `dist/services/${service}/src/main.js`;
    // Links in notices lead to the console of this stack.
    const publicUrl = { PUBLIC_URL: `http://${reachable(host)}:${registryPort}` };
    const serviceEnv = { ...publicUrl, ...settings, ...databaseSettings[service], [portSetting]: String(port) };
    await startService({ supervisor, name, root, main, url, env: serviceEnv, onDeath, ...logDir });
    return url;
  };

  log(executors === 1 ? 'starting the registry and an executor…' : `starting the registry and ${executors} executors…`);
  const registryUrl = await start('registry', 'registry', registryPort, 'REGISTRY_PORT');
  const executorUrls: string[] = [];
  for (let number = 1; number <= executors; number++) {
    const port = number === 1 ? await choosePort('EXECUTOR_PORT', { env, host, log }) : await findFreePort();
    executorUrls.push(await start('executor', `executor-${number}`, port, 'EXECUTOR_PORT'));
  }
  return { registryUrl, executorUrl: executorUrls[0] ?? '' };
}
