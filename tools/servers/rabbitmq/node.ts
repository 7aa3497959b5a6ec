import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Supervisor } from '../../supervisor/supervisor.ts';
import type { ProcessSpec } from '../../supervisor/messages.ts';
import type { Endpoints } from '../endpoints.ts';
import { PrivateServer, type PrivateServerOptions } from '../private-server.ts';
import { configureBroker, user, type NodeConfiguration } from './configuration.ts';
import { answersAmqp } from './readiness.ts';

export interface PrivateRabbitmqOptions {
  supervisor: Supervisor;
  dataDir: string;
  endpoints: Endpoints;
  log: (line: string) => void;
  onDeath: PrivateServerOptions['onDeath'];
  configuration?: Partial<NodeConfiguration>;
}

/** A broker of our own, or one node of it. */
export interface PrivateRabbitmq {
  server: PrivateServer;
  url: string;
  managementUrl: string;
  /** Runs `rabbitmqctl` for it; only of one that was started from the machine's own programs. */
  control?: (...args: string[]) => Promise<void>;
}

export interface NodeOptions extends PrivateRabbitmqOptions {
  name: string;
  /** Holds its configuration, data and log. */
  folder: string;
  /** The command that becomes the server. */
  command: readonly [string, ...string[]];
}

/** A way to have `rabbitmqctl`, which lies beside the server's program, run for a node. */
function controlOf(program: string, env: NodeJS.ProcessEnv): (...args: string[]) => Promise<void> {
  return async (...args) => {
    await execa(join(dirname(program), 'rabbitmqctl'), args, { env, extendEnv: false });
  };
}

/** Starts one node and resolves when it serves. Its port mapper has to run. */
export async function startNode(options: NodeOptions): Promise<PrivateRabbitmq> {
  const { supervisor, name, folder, endpoints, command, configuration, onDeath } = options;
  const url = amqpUrl(endpoints);
  const env = await configureBroker(folder, endpoints, configuration);
  const spec = specOf(name, folder, command, env);
  const server = new PrivateServer({
    supervisor,
    spec: { ...spec, graceMs: 30_000 },
    logFile: logFileIn(folder),
    isReady: () => answersAmqp(url),
    readyTimeoutMs: 120_000,
    onDeath,
  });
  await server.start();
  const [program, ...args] = command;
  const control = args.length === 0 && { control: controlOf(program, env) };
  return { server, url, managementUrl: managementUrl(endpoints), ...control };
}

/**
 * Starts Erlang's port mapper (epmd) as a process of its own: started by the broker it would stay behind as a daemon,
 * and shared with the machine's broker it would end with whichever of them stops first.
 */
export async function startPortMapper(
  { supervisor, endpoints }: PrivateRabbitmqOptions,
  folder: string,
  command: readonly [string, ...string[]],
): Promise<void> {
  const env = await configureBroker(folder, endpoints);
  const listening = ['-port', String(endpoints.ports.epmd), '-address', '127.0.0.1'] as const;
  await supervisor.spawn({ ...specOf('epmd', folder, [...command, ...listening], env), graceMs: 1_000 });
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
