import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Supervisor } from '../../tools/supervisor/supervisor.ts';
import { loadEndpoints } from '../../tools/servers/endpoints.ts';
import { findFreePort } from '../../tools/servers/ports.ts';
import { startLocalRabbitmq } from '../../tools/servers/rabbitmq/local.ts';
import { findRabbitmq } from '../../tools/servers/rabbitmq/program.ts';

/** A broker that one test file has for itself, set up as it likes. */
export interface PrivateBroker {
  /** With the administrator's login, without TLS. */
  url: string;
  /** Its management API, with user and password. */
  managementUrl: string;
  /** A port that is its own as well. */
  furtherPort: number;
  stop(): Promise<void>;
}

const program = await findRabbitmq();

/** Whether {@link startPrivateBroker} can start one; an engine for containers alone will not do. */
export const privateBrokerIsPossible = program !== undefined;

/**
 * Starts the machine's `rabbitmq-server` on ports and data of its own.
 *
 * @param lines Further lines of its configuration, which may listen on one further port.
 * @param plugins Further plugins, of those that come with it.
 */
export async function startPrivateBroker(
  lines: (furtherPort: number) => string[],
  plugins: readonly string[] = [],
): Promise<PrivateBroker> {
  if (program === undefined) throw new Error('there is no rabbitmq-server on PATH');
  const dataDir = join(tmpdir(), `provisor-${randomBytes(6).toString('hex')}`);
  const log = () => undefined;
  const supervisor = await Supervisor.open({ dataDir, ephemeral: true, log });
  try {
    const endpoints = await loadEndpoints(dataDir, log);
    const furtherPort = await findFreePort();
    const configuration = { lines: lines(furtherPort), plugins };
    const options = { supervisor, dataDir, endpoints, log, onDeath: () => undefined, configuration };
    const { url, managementUrl } = await startLocalRabbitmq(program, options);
    return { url, managementUrl, furtherPort, stop: () => supervisor.close() };
  } catch (error) {
    await supervisor.close();
    throw error;
  }
}
