import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Supervisor } from '../supervisor/supervisor.ts';
import { loadEndpoints } from './endpoints.ts';
import { startPrivatePostgres } from './postgres/index.ts';
import type { ServiceDatabaseUrls } from './postgres/logins.ts';
import type { PrivateServer } from './private-server.ts';
import { startPrivateRabbitmq, type BrokerKind } from './rabbitmq/index.ts';
import type { PrivateRabbitmq } from './rabbitmq/node.ts';
import type { ServerDiedError } from './server-error.ts';

export type { BrokerKind };

/** In the clone: what can be used again by every run is kept there, also by those with data of their own. */
const cacheDir = fileURLToPath(new URL('../../.provisor/cache', import.meta.url));

export interface ServersOptions {
  log: (line: string) => void;
  /** `DATABASE_URL` and `AMQP_URL` are taken from here; what is given is not started. */
  env?: NodeJS.ProcessEnv;
  /** Which RabbitMQ is started where none is given; any unless said. */
  broker?: BrokerKind;
  /** Called if a server that we started ends unexpectedly. */
  onDeath?: (error: ServerDiedError) => void;
}

export interface DevServers {
  databaseUrl: string;
  /** Logins that may do what each service may, and no more; only of a PostgreSQL that we started. */
  serviceDatabaseUrls?: ServiceDatabaseUrls;
  amqpUrl: string;
  /** RabbitMQ's management API, with user and password; only of a broker that we started. */
  managementUrl?: string;
  /** Only when we started them. */
  postgres?: PrivateServer;
  rabbitmq?: PrivateServer;
  /** The nodes of a broker that we started, the one of `amqpUrl` first. */
  brokerNodes: readonly PrivateRabbitmq[];
  /** Ends what was started. Idempotent. */
  stop(): Promise<void>;
}

/**
 * PostgreSQL and RabbitMQ for a developer's machine, for as long as this process lives and not a moment longer.
 *
 * @param options either a `dataDir`, whose data survives, or `ephemeral`: data that is gone afterwards, and servers
 * that trade its safety for speed
 * @throws AlreadyRunningError when servers run on this data folder
 * @throws ServerUnavailableError when one cannot be had here; the message says what to do
 */
export async function startServers(
  options: ServersOptions & ({ dataDir: string } | { ephemeral: true }),
): Promise<DevServers> {
  const { log } = options;
  const supervisor = await Supervisor.open(
    'dataDir' in options ? { dataDir: options.dataDir, log } : { ...temporaryFolder(), log },
  );
  return startServersUnder(supervisor, options).catch(async (error: unknown) => {
    await supervisor.close();
    throw error;
  });
}

/** Like `startServers`, for callers with further processes to supervise. Stopping ends those as well. */
export async function startServersUnder(supervisor: Supervisor, options: ServersOptions): Promise<DevServers> {
  const { log, env = process.env, broker: kind = 'any', onDeath = () => {} } = options;
  const { dataDir, ephemeral } = supervisor;
  const endpoints = await loadEndpoints(dataDir, log);
  const common = { supervisor, dataDir, endpoints, ephemeral, log, onDeath };

  const database = env['DATABASE_URL'] ? undefined : startPrivatePostgres(common);
  const broker = env['AMQP_URL'] ? undefined : startPrivateRabbitmq({ ...common, kind, cacheDir });
  const starting = [database && 'PostgreSQL', broker && 'RabbitMQ'].filter(Boolean).join(' and ');
  if (starting) log(`starting ${starting}…`);
  const [postgres, brokerNodes = []] = await Promise.all([database, broker]);
  const [rabbitmq] = brokerNodes;
  return {
    databaseUrl: postgres?.url ?? env['DATABASE_URL'] ?? '',
    amqpUrl: rabbitmq?.url ?? env['AMQP_URL'] ?? '',
    ...(rabbitmq && { managementUrl: rabbitmq.managementUrl, rabbitmq: rabbitmq.server }),
    ...(postgres && { postgres: postgres.server, serviceDatabaseUrls: postgres.serviceUrls }),
    brokerNodes,
    stop: () => supervisor.close(),
  };
}

function temporaryFolder(): { dataDir: string; ephemeral: true } {
  return { dataDir: join(tmpdir(), `provisor-${randomBytes(6).toString('hex')}`), ephemeral: true };
}
