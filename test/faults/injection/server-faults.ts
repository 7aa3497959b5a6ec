import { setTimeout as delay } from 'node:timers/promises';
import type { PrivateServer } from '../../../tools/servers/private-server.ts';
import type { SeededRandom } from '../random.ts';
import { seconds } from '../report/words.ts';
import type { Site } from './site.ts';

/** How long a server that was killed stays away, milliseconds. */
const awayMs = { min: 0, max: 3_000 };
const nodeAwayMs = { min: 1_000, max: 8_000 };

export async function restartBroker({ installation, disruptions }: Site): Promise<string> {
  const broker = installation.servers.rabbitmq!;
  const tookMs = await timed(() => disruptions.during('calls', () => broker.restart()));
  return `RabbitMQ was restarted, which took ${seconds(tookMs)}`;
}

export async function killBroker({ installation, disruptions }: Site, random: SeededRandom): Promise<string> {
  const broker = installation.servers.rabbitmq!;
  const tookMs = await timed(() => disruptions.during('calls', () => killAndStart(broker, random.integer(awayMs))));
  return `RabbitMQ was killed (SIGKILL) and is back after ${seconds(tookMs)}`;
}

/** One node of a cluster; those who are connected to it wait for it, the others go on. */
export async function killBrokerNode({ installation, disruptions }: Site, random: SeededRandom): Promise<string> {
  const { server } = random.pick(installation.servers.brokerNodes);
  const tookMs = await timed(() => disruptions.during('calls', () => killAndStart(server, random.integer(nodeAwayMs))));
  return `${server.name} was killed (SIGKILL) and is back in the cluster after ${seconds(tookMs)}`;
}

export async function restartBrokerNode({ installation, disruptions }: Site, random: SeededRandom): Promise<string> {
  const { server } = random.pick(installation.servers.brokerNodes);
  const tookMs = await timed(() => disruptions.during('calls', () => server.restart()));
  return `${server.name} was restarted, which took ${seconds(tookMs)}`;
}

export async function restartDatabase({ installation, disruptions }: Site): Promise<string> {
  const database = installation.servers.postgres!;
  const tookMs = await timed(() => disruptions.during('commits', () => database.restart()));
  return `PostgreSQL was restarted, which took ${seconds(tookMs)}`;
}

export async function killDatabase({ installation, disruptions }: Site, random: SeededRandom): Promise<string> {
  const database = installation.servers.postgres!;
  const tookMs = await timed(() => disruptions.during('commits', () => killAndStart(database, random.integer(awayMs))));
  return `PostgreSQL was killed (SIGKILL) and is back after ${seconds(tookMs)}`;
}

async function killAndStart(server: PrivateServer, away: number): Promise<void> {
  await server.kill();
  await delay(away);
  await server.start();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
