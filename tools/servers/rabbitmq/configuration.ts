import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoints } from '../endpoints.ts';

export const user = 'provisor';

/** What makes a node differ from a broker of one node. */
export interface NodeConfiguration {
  nodeName: string;
  /** Where Erlang keeps its cookie. Nodes of one cluster share it. */
  home: string;
  /** Further lines of rabbitmq.conf. */
  lines: readonly string[];
  /** Further plugins, of those that come with RabbitMQ. */
  plugins: readonly string[];
}

/**
 * Writes the configuration of a private broker into its folder, and returns the environment that makes it use that and
 * nothing of the machine's own broker.
 */
export async function configureBroker(
  folder: string,
  endpoints: Endpoints,
  node: Partial<NodeConfiguration> = {},
): Promise<NodeJS.ProcessEnv> {
  const { nodeName = 'provisor@127.0.0.1', home = join(folder, 'home'), lines = [], plugins = [] } = node;
  const pluginsFile = join(folder, 'enabled_plugins');
  const config = join(folder, 'rabbitmq.conf');
  const noMoreConfig = join(folder, 'conf.d');
  await mkdir(home, { recursive: true });
  await mkdir(noMoreConfig, { recursive: true });
  await writeFile(pluginsFile, `[${['rabbitmq_management', ...plugins].join(', ')}].\n`);
  await writeFile(config, [configuration(endpoints), ...lines, ''].join('\n'), { mode: 0o600 });
  const { ports } = endpoints;
  return {
    PATH: [process.env['PATH'], '/usr/sbin', '/sbin'].join(':'),
    LANG: 'C.UTF-8',
    HOME: home, // Erlang keeps its cookie there: one of our own, so that no other node can join or be joined.
    // A node name with an address in it needs no name resolution, whatever /etc/hosts says, and never changes, so
    // neither does the data's folder.
    RABBITMQ_NODENAME: nodeName,
    RABBITMQ_USE_LONGNAME: 'true',
    RABBITMQ_DIST_PORT: String(ports.distribution),
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    // To standard output, which the supervisor writes to one file together with what Erlang itself complains about.
    RABBITMQ_LOGS: '-',
    RABBITMQ_ENABLED_PLUGINS_FILE: pluginsFile,
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_CONFIG_FILES: noMoreConfig,
    // These two need not exist; unset, they are those of /etc/rabbitmq.
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'rabbitmq-env.conf'),
    RUNNING_UNDER_SYSTEMD: 'true', // Makes the script become the server instead of waiting for it.
  };
}

function configuration({ ports, rabbitmqPassword }: Endpoints): string {
  return `\
listeners.tcp.1 = 127.0.0.1:${ports.amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${ports.management}
default_user = ${user}
default_pass = ${rabbitmqPassword}
default_user_tags.administrator = true

# A developer's machine: little disk, and other things that need memory.
disk_free_limit.absolute = 50MB
raft.wal_max_size_bytes = 64000000

# Rates are for dashboards; queue depths stay available, and are fresh enough for tests.
management.rates_mode = none
collect_statistics_interval = 1000
log.console.level = info
`;
}
