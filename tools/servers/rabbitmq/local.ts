import { join } from 'node:path';
import type { Keeper } from '../../keeper/keeper.ts';
import type { ProcessSpec } from '../../keeper/messages.ts';
import type { Endpoints } from '../endpoints.ts';
import { PrivateServer, type PrivateServerOptions } from '../private-server.ts';
import { configureBroker, user } from './configuration.ts';
import { findProgram } from './program.ts';
import { answersAmqp } from './readiness.ts';
import { missingEpmd } from './missing.ts';

export interface PrivateRabbitmqOptions {
  keeper: Keeper;
  dataDir: string;
  endpoints: Endpoints;
  log: (line: string) => void;
  onDeath: PrivateServerOptions['onDeath'];
}

export interface PrivateRabbitmq {
  server: PrivateServer;
  url: string;
  managementUrl: string;
}

/**
 * Starts the machine's `rabbitmq-server` as a broker of our own.
 *
 * Erlang's port mapper (epmd) gets a process of its own too: started by the broker it would stay behind as a daemon, and shared with the
 * machine's broker it would end with whichever of them stops first.
 */
export async function startLocalRabbitmq(program: string, options: PrivateRabbitmqOptions): Promise<PrivateRabbitmq> {
  const { keeper, endpoints, onDeath } = options;
  const folder = join(options.dataDir, 'rabbitmq');
  const env = await configureBroker(folder, endpoints);
  const logFile = join(folder, 'rabbitmq.log');
  const epmd = await findProgram('epmd');
  if (!epmd) throw missingEpmd();
  const run = (name: string, command: string, args: string[], graceMs: number): ProcessSpec => ({
    name,
    command,
    args,
    cwd: folder,
    env,
    output: { file: logFile },
    stopSignal: 'SIGTERM',
    graceMs,
  });
  await keeper.spawn(run('epmd', epmd, ['-port', String(endpoints.ports.epmd), '-address', '127.0.0.1'], 1_000));

  const url = amqpUrl(endpoints);
  const server = new PrivateServer({
    keeper,
    spec: run('rabbitmq', program, [], 30_000),
    logFile,
    isReady: () => answersAmqp(url),
    readyTimeoutMs: 120_000,
    onDeath,
  });
  await server.start();
  return { server, url, managementUrl: managementUrl(endpoints) };
}

export function amqpUrl({ ports, rabbitmqPassword }: Endpoints): string {
  return `amqp://${user}:${rabbitmqPassword}@127.0.0.1:${ports.amqp}/%2F`;
}

export function managementUrl({ ports, rabbitmqPassword }: Endpoints): string {
  return `http://${user}:${rabbitmqPassword}@127.0.0.1:${ports.management}`;
}
