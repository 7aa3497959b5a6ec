import { startServers, type DevServers } from '../servers/index.ts';

declare global {
  /** Jest runs setup and teardown in one process but as separate modules. */
  var provisorTestServers: DevServers | undefined;
}

/** One PostgreSQL and one RabbitMQ for the whole run. Test files, in processes of their own, find them through the environment. */
export default async function globalSetup(): Promise<void> {
  const servers = await startServers({ ephemeral: true, log: (line) => process.stderr.write(`${line}\n`) });
  globalThis.provisorTestServers = servers;
  process.env['TEST_DATABASE_URL'] = servers.databaseUrl;
  const { registry, executor } = servers.serviceDatabaseUrls ?? {};
  process.env['TEST_REGISTRY_DATABASE_URL'] = registry ?? servers.databaseUrl;
  process.env['TEST_EXECUTOR_DATABASE_URL'] = executor ?? servers.databaseUrl;
  process.env['TEST_AMQP_URL'] = servers.amqpUrl;
  if (servers.managementUrl) process.env['TEST_MANAGEMENT_URL'] = servers.managementUrl;
}
