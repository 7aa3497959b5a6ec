import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { connect } from 'amqplib';
import type { Harness } from '../harness/harness.ts';

/** What a figure was measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  readonly rabbitmq: string;
  /** Processes that ran or wanted to, over the minute before the first bench: what else the machine had to do. */
  readonly loadBefore: number;
}

/** The machine, and the servers of a harness. */
export async function describeMachine({ installation, database }: Harness): Promise<Machine> {
  const { rows } = await database.query<{ server_version: string }>('show server_version');
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release()} ${arch()}`,
    node: process.version,
    postgres: rows[0]!.server_version,
    rabbitmq: await rabbitmqVersion(installation.servers.amqpUrl),
    loadBefore: Number(loadavg()[0]!.toFixed(2)),
  };
}

/** The machine in one line. */
export function machineLine(machine: Machine): string {
  const { processor, cores, memoryGiB, system, node, postgres, rabbitmq, loadBefore } = machine;
  const hardware = `${processor}, ${String(cores)} core${cores === 1 ? '' : 's'}, ${String(memoryGiB)} GiB`;
  const software = `${system}, Node ${node}, PostgreSQL ${postgres}, RabbitMQ ${rabbitmq}`;
  return `${hardware}; ${software}; load average before ${loadBefore.toFixed(2)}`;
}

async function rabbitmqVersion(amqpUrl: string): Promise<string> {
  const connection = await connect(amqpUrl);
  try {
    return connection.connection.serverProperties.version;
  } finally {
    await connection.close();
  }
}
