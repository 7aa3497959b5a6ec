import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEndpoints, type Endpoints } from '../endpoints.ts';
import { missingEpmd } from './missing.ts';
import { startNode, startPortMapper, type PrivateRabbitmq, type PrivateRabbitmqOptions } from './node.ts';
import { findProgram } from './program.ts';

const numbers = [1, 2, 3] as const;
const nameOf = (number: number) => `provisor-${number}@127.0.0.1`;

/**
 * Starts the machine's `rabbitmq-server` three times, as a cluster of our own. The nodes share a port mapper, a cookie
 * and a password; everything else each has for itself. The second and the third join the first, which therefore starts
 * alone.
 */
export async function startRabbitmqCluster(
  program: string,
  options: PrivateRabbitmqOptions,
): Promise<[PrivateRabbitmq, ...PrivateRabbitmq[]]> {
  const { dataDir, endpoints, log } = options;
  const home = join(dataDir, 'rabbitmq-home');
  const epmd = await findProgram('epmd');
  if (!epmd) throw missingEpmd();
  await startPortMapper(options, join(dataDir, 'rabbitmq-epmd'), [epmd]);

  const members = numbers.map((number) => `cluster_formation.classic_config.nodes.${number} = ${nameOf(number)}`);
  // So that the queues' leaders are not all on the node that happened to declare them.
  const common = ['queue_leader_locator = balanced'];
  const start = async (number: number, ports: Endpoints['ports'], lines: string[]) => {
    const name = `rabbitmq-${number}`;
    return startNode({
      ...options,
      name,
      folder: join(dataDir, name),
      endpoints: { ...endpoints, ports: { ...ports, epmd: endpoints.ports.epmd } },
      command: [program],
      configuration: { nodeName: nameOf(number), home, lines },
    });
  };
  const joinFirst = async (number: number) => {
    const folder = join(dataDir, `rabbitmq-${number}`);
    await mkdir(folder, { recursive: true });
    const { ports } = await loadEndpoints(folder, log);
    return start(number, ports, [...common, ...members]);
  };
  // One after another: a port is chosen because it is free, and taken by a node before the next is chosen.
  const first = await start(1, endpoints.ports, common);
  const second = await joinFirst(2);
  return [first, second, await joinFirst(3)];
}
