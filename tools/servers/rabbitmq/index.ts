import { canUseApt, installRabbitmqWithApt } from './apt.ts';
import { startRabbitmqCluster } from './cluster.ts';
import { dockerAnswers, startDockerRabbitmq } from './docker.ts';
import { startLocalRabbitmq } from './local.ts';
import { missingRabbitmq } from './missing.ts';
import type { PrivateRabbitmq, PrivateRabbitmqOptions } from './node.ts';
import { findRabbitmq } from './program.ts';
import { startRabbitmq4 } from './version4.ts';

/**
 * `any`: whatever this machine offers; `cluster`: three nodes of what is installed; `rabbitmq4`: from a Debian root.
 */
export type BrokerKind = 'any' | 'cluster' | 'rabbitmq4';

export interface BrokerOptions extends PrivateRabbitmqOptions {
  ephemeral: boolean;
  kind: BrokerKind;
  /** For what can be used again by other runs. */
  cacheDir: string;
}

/**
 * Starts a RabbitMQ of our own.
 *
 * @returns its nodes, one unless it is a cluster
 * @throws ServerUnavailableError when this machine offers none; the message says what to install
 */
export async function startPrivateRabbitmq(
  options: BrokerOptions,
): Promise<readonly [PrivateRabbitmq, ...PrivateRabbitmq[]]> {
  switch (options.kind) {
    case 'any':
      return [await startAnyRabbitmq(options)];
    case 'cluster':
      return startRabbitmqCluster(await requireRabbitmq(options), options);
    case 'rabbitmq4':
      return [await startRabbitmq4(options.cacheDir, options)];
  }
}

/** By the first way that there is: a `rabbitmq-server` on PATH, Docker, or the package of Debian and Ubuntu. */
async function startAnyRabbitmq(options: BrokerOptions): Promise<PrivateRabbitmq> {
  const installed = await findRabbitmq();
  if (installed) return startLocalRabbitmq(installed, options);
  if (await dockerAnswers()) return startDockerRabbitmq(options);
  return startLocalRabbitmq(await requireRabbitmq(options), options);
}

async function requireRabbitmq({ log }: BrokerOptions): Promise<string> {
  const installed = await findRabbitmq();
  if (installed) return installed;
  if (!(await canUseApt())) throw missingRabbitmq();
  await installRabbitmqWithApt(log);
  const program = await findRabbitmq();
  if (!program) throw missingRabbitmq();
  return program;
}
