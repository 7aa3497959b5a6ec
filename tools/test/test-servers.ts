import { randomBytes } from 'node:crypto';
import { startServers, type DevServers } from '../servers/index.ts';

declare global {
  /** Jest loads each set-up and the tear-down as modules of their own, in one process. */
  var provisorTestServers: DevServers | undefined;
}

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * One PostgreSQL and one RabbitMQ for a whole run, or for all runs of `npm run test:watch`. Test files, in processes of
 * their own, find them through the environment.
 */
export async function startTestServers(): Promise<void> {
  process.env['TEST_TEMPLATE_DATABASE'] = `test_template_${randomBytes(6).toString('hex')}`;
  if (process.env['TEST_DATABASE_URL'] !== undefined) return; // Of another project of this run, or of test:watch.
  const servers = await startServers({ ephemeral: true, log });
  globalThis.provisorTestServers = servers;
  process.env['TEST_DATABASE_URL'] = servers.databaseUrl;
  const { registry, executor } = servers.serviceDatabaseUrls ?? {};
  process.env['TEST_REGISTRY_DATABASE_URL'] = registry ?? servers.databaseUrl;
  process.env['TEST_EXECUTOR_DATABASE_URL'] = executor ?? servers.databaseUrl;
  process.env['TEST_AMQP_URL'] = servers.amqpUrl;
  if (servers.managementUrl) process.env['TEST_MANAGEMENT_URL'] = servers.managementUrl;
}

/** Stops what this process has started; idempotent. */
export async function stopTestServers(): Promise<void> {
  const servers = globalThis.provisorTestServers;
  globalThis.provisorTestServers = undefined;
  await servers?.stop();
}
