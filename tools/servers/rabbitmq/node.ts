import { join } from 'node:path';
import type { Keeper } from '../../keeper/keeper.ts';
import type { ProcessSpec } from '../../keeper/messages.ts';
import type { Endpoints } from '../endpoints.ts';
import { PrivateServer, type PrivateServerOptions } from '../private-server.ts';
import { configureBroker, user, type NodeConfiguration } from './configuration.ts';
import { answersAmqp } from './readiness.ts';

export interface PrivateRabbitmqOptions {
  keeper: Keeper;
  dataDir: string;
  endpoints: Endpoints;
  log: (line: string) => void;
  onDeath: PrivateServerOptions['onDeath'];
}

/** A broker of our own, or one node of it. */
export interface PrivateRabbitmq {
  server: PrivateServer;
  url: string;
  managementUrl: string;
}

export interface NodeOptions extends PrivateRabbitmqOptions {
  name: string;
  /** Holds its configuration, data and log. */
  folder: string;
  /** The command that becomes the server. */
  command: readonly [string, ...string[]];
  configuration?: NodeConfiguration;
}

/** Starts one node and resolves when it serves. Its port mapper has to run. */
export async function startNode(options: NodeOptions): Promise<PrivateRabbitmq> {
  const { keeper, name, folder, endpoints, command, configuration, onDeath } = options;
  const url = amqpUrl(endpoints);
  const spec = specOf(name, folder, command, await configureBroker(folder, endpoints, configuration));
  const server = new PrivateServer({
    keeper,
    spec: { ...spec, graceMs: 30_000 },
    logFile: logFileIn(folder),
    isReady: () => answersAmqp(url),
    readyTimeoutMs: 120_000,
    onDeath,
  });
  await server.start();
  return { server, url, managementUrl: managementUrl(endpoints) };
}

/**
 * Starts Erlang's port mapper (epmd) as a process of its own: started by the broker it would stay behind as a daemon, and
 * shared with the machine's broker it would end with whichever of them stops first.
 */
export async function startPortMapper(
  { keeper, endpoints }: PrivateRabbitmqOptions,
  folder: string,
  command: readonly [string, ...string[]],
): Promise<void> {
  const env = await configureBroker(folder, endpoints);
  const listening = ['-port', String(endpoints.ports.epmd), '-address', '127.0.0.1'] as const;
  await keeper.spawn({ ...specOf('epmd', folder, [...command, ...listening], env), graceMs: 1_000 });
}

function specOf(
  name: string,
  folder: string,
  [command, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Omit<ProcessSpec, 'graceMs'> {
  return { name, command, args, cwd: folder, env, output: { file: logFileIn(folder) }, stopSignal: 'SIGTERM' };
}

function logFileIn(folder: string): string {
  return join(folder, 'rabbitmq.log');
}

export function amqpUrl({ ports, rabbitmqPassword }: Endpoints): string {
  return `amqp://${user}:${rabbitmqPassword}@127.0.0.1:${ports.amqp}/%2F`;
}

export function managementUrl({ ports, rabbitmqPassword }: Endpoints): string {
  return `http://${user}:${rabbitmqPassword}@127.0.0.1:${ports.management}`;
}
